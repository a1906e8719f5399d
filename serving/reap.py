"""Runs that will never end by themselves, because the process that would have ended them is gone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from config.said import Said
from serving.environment import HEARTBEAT_SECONDS
from serving.prefect_api import FlowRun, PrefectApi, Unreachable
from serving.progress import Teller

PENDING_LIMIT = timedelta(minutes=10)
"""No process takes this long to start; a run that stays pending holds the patrol's only slot."""

OWN_SILENCE = timedelta(seconds=3 * HEARTBEAT_SECONDS + 5)
"""Three heartbeats missed, and the seconds in which one is stored."""

FOREIGN_SILENCE = timedelta(minutes=10)
"""For an operator's own workers, whose heartbeats come every three minutes unless he set them otherwise."""

REAP_EVERY = timedelta(seconds=30)


class Reaper:
    """Reaps every half minute, and knows since when it has done so without a gap."""

    def __init__(self, api: PrefectApi, silence: timedelta, teller: Teller) -> None:
        self._api = api
        self._silence = silence
        self._teller = teller
        self._watched_since = self._reaped_at = datetime.now(UTC)

    def look(self) -> None:
        """Reap when it is time again; a server that does not answer is tried again the next time."""
        now = datetime.now(UTC)
        if now - self._reaped_at < REAP_EVERY:
            return
        if now - self._reaped_at > 2 * REAP_EVERY:
            self._watched_since = now
        self._reaped_at = now
        try:
            for run in reap(self._api, now, self._watched_since, self._silence):
                self._teller.tell(
                    Said("{run} was stuck and is marked as crashed; the next run does its work", run=run.name)
                )
        except Unreachable:
            pass


def reap(api: PrefectApi, now: datetime, watched_since: datetime, silence: timedelta) -> tuple[FlowRun, ...]:
    """Set our dead runs Crashed, and return them: pending too long, or running without a sign of life.

    Only silence since `watched_since` counts: a machine that was suspended wakes to old heartbeats of healthy runs.
    Raises Unreachable; what was done until then stays done, and a repetition does the rest.
    """
    return tuple(
        run
        for run, reason in _dead_runs(api, now, watched_since, silence)
        if api.crash(run, f"{reason}; set by rollcall serve")
    )


def reap_left_over(api: PrefectApi) -> tuple[FlowRun, ...]:
    """Set all our unfinished runs Crashed, and return them; for a server whose only runner has not started yet.

    A serve that was killed leaves them, and the first patrol would be cancelled in favour of one that is dead.
    """
    reason = "left behind by a serve that was killed"
    return tuple(run for run in api.runs_in("PENDING", "RUNNING") if api.crash(run, reason))


def _dead_runs(
    api: PrefectApi, now: datetime, watched_since: datetime, silence: timedelta
) -> Iterator[tuple[FlowRun, str]]:
    for run in api.runs_in("PENDING"):
        if now - run.state.timestamp > PENDING_LIMIT:
            yield run, f"pending for more than {PENDING_LIMIT.seconds // 60} minutes"
    for run in api.runs_in("RUNNING"):
        heard = max(api.last_heartbeat(run) or run.state.timestamp, run.state.timestamp, watched_since)
        if now - heard > silence:
            yield run, f"no heartbeat for {int((now - heard).total_seconds())} seconds"

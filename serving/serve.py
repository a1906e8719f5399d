"""The embedded default: Prefect's server and the runner of our deployments, as one command."""

import os
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from actions.house import open_house
from config.errors import Refusal
from config.settings import Settings
from serving.environment import children_environment, prefect_folder
from serving.lock import only_one
from serving.place import Place, find_place
from serving.prefect_api import PrefectApi, Unreachable
from serving.progress import Echo, waiting
from serving.reap import FOREIGN_SILENCE, OWN_SILENCE, Reaper, reap_left_over
from serving.signals import StopRequest, stop_signals
from serving.start import Child, Family, start_family, start_runner, start_server
from serving.stop import drain, stop_family
from serving.watch import ChildDied, StopAsked, TooSlow, watch

SERVER_SECONDS = 300
RUNNER_SECONDS = 120
FOREIGN_SECONDS = 30
LAST_LINES = 8


def serve(settings: Settings, echo: Echo) -> int:
    """Run Prefect's server and the runner until Ctrl-C, SIGTERM or the death of one; return the exit status.

    The status is 0 when a stop was asked for, 1 when a child died or did not come up. No process is left behind,
    whichever it was; when serve itself is killed, its guard ends the others within seconds. With PREFECT_API_URL set,
    the runner alone is started, against that server. An empty home is set up.
    Raises Refusal when the home is being served already, a port is taken or the operator's server does not answer.
    Called in the main thread, since it takes the signals.
    """
    if os.name != "posix":
        raise Refusal("rollcall serve needs Linux or macOS (on Windows, WSL); every other command works here")
    open_house(settings).engine.dispose()
    with only_one(settings.home), stop_signals() as stop:
        place = find_place(settings)
        family = start_family(settings.home.absolute(), prefect_folder(settings))
        try:
            with PrefectApi(place.api_url, is_own=place.port is not None) as api:
                return _Service(settings, place, family, api, stop, echo).run()
        finally:
            with waiting("stopping", echo):
                stop_family(family)


@dataclass(frozen=True, slots=True)
class _Service:
    """One serve from its first child to the last."""

    settings: Settings
    place: Place
    family: Family
    api: PrefectApi
    stop: StopRequest
    echo: Echo

    def run(self) -> int:
        try:
            self._start_server()
            self._start_runner()
            self.echo(f"Rollcall is running; its runs can be seen at {self.place.page} (Ctrl-C stops it)")
            self._watch()
        except StopAsked:
            return 0
        except ChildDied as death:
            self.echo(f"the {death.child.name} ended by itself ({_manner(death.child)})")
            self._show_last_words(death.child)
        except TooSlow:
            newest = self.family.children[-1]
            self.echo(f"the {newest.name} did not come up")
            self._show_last_words(newest)
        return 1

    def _start_server(self) -> None:
        if self.place.port is None:
            self._find_server()
            return
        is_first = not (prefect_folder(self.settings) / "prefect.db").exists()
        start_server(self.family, self.place.host, self.place.port, children_environment(self.settings, self.place))
        hint = ", which takes half a minute the first time" if is_first else ""
        with waiting(f"starting Prefect's server{hint}", self.echo):
            self._wait_until(self.api.is_healthy, SERVER_SECONDS)
        with suppress(Unreachable):
            for run in reap_left_over(self.api):
                self.echo(f"{run.name} was cut off when the last serve was killed; the next run does its work")

    def _find_server(self) -> None:
        self.echo(f"PREFECT_API_URL is set: no server is started here, runs go to {self.place.api_url}")
        try:
            self._wait_until(self.api.is_healthy, FOREIGN_SECONDS)
        except TooSlow as silent:
            raise Refusal(f"no Prefect server answers at {self.place.api_url} (PREFECT_API_URL)") from silent

    def _start_runner(self) -> None:
        polls_before = self._last_polls()
        start_runner(self.family, children_environment(self.settings, self.place))
        with waiting("starting the runner", self.echo):
            self._wait_until(lambda: bool(self._last_polls() - polls_before), RUNNER_SECONDS)

    def _watch(self) -> None:
        reaper = Reaper(self.api, OWN_SILENCE if self.place.port else FOREIGN_SILENCE, self.echo)

        def never() -> bool:
            reaper.look()
            return False

        try:
            self._wait_until(never)
        except StopAsked:
            with waiting("letting runs under way finish; Ctrl-C again cuts them off", self.echo):
                drain(self._is_busy, self.stop.urgent.is_set)
            raise

    def _wait_until(self, is_ready: Callable[[], bool], limit_seconds: float | None = None) -> None:
        watch(self.family.everyone(), self.stop.asked, is_ready, limit_seconds)

    def _last_polls(self) -> frozenset[datetime]:
        try:
            return self.api.last_polls()
        except Unreachable:
            return frozenset()

    def _is_busy(self) -> bool:
        try:
            return bool(self.api.runs_in("PENDING", "RUNNING"))
        except Unreachable:
            return False

    def _show_last_words(self, child: Child) -> None:
        if child.log is None:
            return
        with child.log.open(encoding="utf-8", errors="replace") as log:
            lines = deque(log, maxlen=LAST_LINES)
        for line in lines:
            self.echo(f"  {line.rstrip()}")
        self.echo(f"more in {child.log}")


def _manner(child: Child) -> str:
    status = child.process.returncode
    return f"exit status {status}" if status >= 0 else f"killed by {signal.Signals(-status).name}"

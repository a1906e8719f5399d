"""What `rollcall serve` promises, shown on the real thing; the tests share one, on one worker."""

import re
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.errors import Refusal
from config.settings import Settings
from config.vocabulary import ServeRole
from serving.prefect_api import PrefectApi
from serving.reap import OWN_SILENCE, PENDING_LIMIT, reap
from serving.serve import serve
from serving.stop import ASK_SECONDS
from tests.served import Served, kill, living, wait_until

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

STAGE_RUN = "trial · mobilization · pilot, main"


@pytest.mark.parametrize("name", ["patrol", "delivery"])
def test_a_scheduled_deployment_gets_runs_in_the_future(served: Served, name: str) -> None:
    deployment = served.deployments()[name]["id"]

    def to_come() -> list[dict[str, Any]]:
        runs = served.runs(deployment_id=deployment, state_type="SCHEDULED")
        return [run for run in runs if datetime.fromisoformat(run["expected_start_time"]) > datetime.now(UTC)]

    wait_until(to_come, f"runs of {name} that are scheduled")


def test_every_flow_is_deployed_by_a_path_that_can_be_imported_anywhere(served: Served) -> None:
    entrypoints = {name: each["entrypoint"] for name, each in served.deployments().items()}
    names = {"patrol", "delivery", "mobilization", "study", "analysis", "rectification", "plain"}
    assert entrypoints == {name: f"flows.deployments.{name}" for name in names}


def test_a_start_patrols_at_once_and_what_it_plans_goes_out(served: Served) -> None:
    wait_until(lambda: served.runs(name=STAGE_RUN, state_type="COMPLETED"), STAGE_RUN)
    patrols = {served.deployments()["patrol"]["id"]}
    wait_until(
        lambda: [run for run in served.runs(state_type="COMPLETED") if run["deployment_id"] in patrols], "a patrol"
    )
    wait_until(lambda: any((served.home / "messages").glob("*/*")), "messages")


def test_a_patrol_shows_progress_as_an_artifact(served: Served) -> None:
    wait_until(lambda: served.api("/artifacts/latest/filter"), "an artifact")
    (progress,) = served.api("/artifacts/latest/filter")
    assert progress["key"] == "progress-trial"
    assert "| mobilization | pilot |" in progress["data"]


@pytest.mark.parametrize("role", ServeRole)
def test_a_second_serve_of_the_same_home_is_refused(served: Served, role: ServeRole) -> None:
    with pytest.raises(Refusal, match=r"being served already"):
        serve(Settings(home=served.home), print, role)


def test_the_pages_are_served_beside_the_engine(served: Served) -> None:
    assert served.has_said(f"its pages are at http://127.0.0.1:{served.web_port}, its runs can be seen at")
    assert served.page("/readyz").text == "ready\n"
    opened = 'rollcall_assignments{campaign="trial",status="open"}'
    wait_until(lambda: opened in served.page("/metrics").text, "what the first patrol opened, in the figures")
    assert "GET /readyz 200" in (served.home / "logs" / "access.log").read_text()


def test_a_run_stuck_in_pending_is_reaped_and_its_slot_is_free(served: Served) -> None:
    now = datetime.now(UTC)
    wait_until(lambda: not served.unfinished(), "the runs under way")
    stuck = _pending_patrol(served)
    assert _state(served, _pending_patrol(served)) == "CANCELLED", "the only slot is taken"

    with _api(served) as api:
        # A scheduled delivery may be pending at that moment as well, and is then taken for stuck, too.
        assert stuck not in {str(run.id) for run in reap(api, now + PENDING_LIMIT / 2, now, OWN_SILENCE)}
        assert stuck in {str(run.id) for run in reap(api, now + 2 * PENDING_LIMIT, now, OWN_SILENCE)}
    assert _state(served, stuck) == "CRASHED"

    third = _pending_patrol(served)
    assert _state(served, third) == "PENDING"
    _set_state(served, third, "CANCELLED")


def test_a_running_run_is_reaped_when_it_falls_silent_but_not_after_the_machine_slept(served: Served) -> None:
    silent = _pending_patrol(served)
    _set_state(served, silent, "RUNNING", force=True)  # before its time
    later = datetime.now(UTC) + OWN_SILENCE + timedelta(seconds=5)

    with _api(served) as api:
        assert not reap(api, later, later - timedelta(seconds=10), OWN_SILENCE), "watched for ten seconds only"
        assert silent in {str(run.id) for run in reap(api, later, later - timedelta(hours=1), OWN_SILENCE)}
    assert _state(served, silent) == "CRASHED"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_children_heed_ctrl_c_although_serve_was_started_to_ignore_it(served: Served) -> None:
    runner = served.child("flows.deployments")
    assert runner
    ignored = re.search(r"SigIgn:\s*(\w+)", Path(f"/proc/{runner.pid}/status").read_text())
    assert ignored
    assert not int(ignored[1], 16) & 1 << signal.SIGINT - 1


def test_sigterm_ends_everything_in_order(served: Served) -> None:
    group = served.group()
    wait_until(lambda: not served.unfinished(), "the runs under way")
    asked_at = time.monotonic()
    served.process.terminate()
    assert served.process.wait(60) == 0
    assert time.monotonic() - asked_at < ASK_SECONDS, "somebody had to be killed"
    assert not [each for each in living() if each.group == group]


def test_a_serve_that_is_killed_takes_its_children_and_the_runs_under_way_along(served: Served) -> None:
    group = served.group()
    patrol = served.deployments()["patrol"]["id"]
    with _database_kept_busy(served.home):
        served.api(f"/deployments/{patrol}/create_flow_run")
        wait_until(lambda: [each for each in living() if "prefect.engine" in each.command], "a run under way")
        served.process.kill()
        served.process.wait()
        wait_until(lambda: not [each for each in living() if each.group == group], "the end of them all")


def test_a_child_that_dies_ends_the_others_and_is_named(starting: Served) -> None:
    group = starting.group()
    wait_until(lambda: starting.child("prefect"), "Prefect's server")
    kill(starting.child("prefect"))
    assert starting.process.wait(30) == 1
    assert starting.has_said("the prefect server ended by itself (killed by SIGKILL)")
    assert not [each for each in living() if each.group == group]


def _api(served: Served) -> PrefectApi:
    return PrefectApi(f"http://127.0.0.1:{served.port}/api", is_own=True)


def _pending_patrol(served: Served) -> str:
    """Make a patrol's run that has got as far as pending, without the runner."""
    patrol = served.deployments()["patrol"]["id"]
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    scheduled = {"type": "SCHEDULED", "state_details": {"scheduled_time": tomorrow}}
    run = str(served.api(f"/deployments/{patrol}/create_flow_run", state=scheduled)["id"])
    _set_state(served, run, "PENDING")
    return run


def _set_state(served: Served, run: str, state: str, *, force: bool = False) -> None:
    served.api(f"/flow_runs/{run}/set_state", state={"type": state}, force=force)


def _state(served: Served, run: str) -> str:
    return str(next(each for each in served.runs() if each["id"] == run)["state_type"])


@contextmanager
def _database_kept_busy(home: Path) -> Iterator[None]:
    """Hold the write lock, so that a run that wants it goes on for as long as this."""
    with closing(sqlite3.connect(home / "rollcall.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield

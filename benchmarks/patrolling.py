"""A patrol that finds nothing to do, in the middle of a campaign: one after others, and the first of a process."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from actions.house import House
from actions.open_window import open_window
from benchmarks.bare import Bare
from benchmarks.benchmark import InThisProcess
from benchmarks.city import add_archive, found_city, settle
from benchmarks.clock import Spent
from flows.patrol import patrol

WINDOWS = (
    'SELECT s.id FROM "window" w JOIN stage s ON s.id = w.stage_id JOIN campaign c ON c.id = s.campaign_id '
    "WHERE (w.status = 'planned' AND w.awaits_id IS NULL AND w.opens_at <= ?) "
    "OR (w.status <> 'planned' AND w.checked_at IS NULL AND w.check_at <= ?) "
    "OR (w.status IN ('open', 'held') AND w.closes_at <= ?)"
)
ASSIGNMENTS = (
    "SELECT DISTINCT task.stage_id FROM assignment {hint} JOIN task ON task.id = assignment.task_id "
    "WHERE next_reminder_at <= ?"
)
PROBLEMS = "SELECT DISTINCT stage_id FROM problem WHERE next_reminder_at <= ?"


class Patrolling(InThisProcess):
    """Half of the work done, the rest not due for a reminder, and a finished campaign beside it."""

    name = "patrol"
    times = 10

    def __init__(self, branches: int) -> None:
        self._branches = branches

    @property
    def job(self) -> str:
        return f"patrol without work, {self._branches:,} branches at mid-stage"

    def prepare(self, house: House, bare: Bare) -> None:
        city = found_city(house, bare, self._branches)
        open_window(house, city.window_id, now=city.opens_at)
        add_archive(bare, self._branches, self._branches * 20)
        self._now = city.opens_at + timedelta(days=16)
        with bare.transaction():
            bare.run(
                "UPDATE assignment SET status = 'done', done_at = due_at, done_by = 'benchmark', "
                f"next_reminder_at = NULL WHERE window_id = {city.window_id} AND next_reminder_at <= ?",
                bare.instant(self._now),
            )
        patrol(house, self._now)  # announces the opening and checks the pace, once
        with bare.transaction():
            bare.run("UPDATE notice SET status = 'sent'")
        settle(bare)

    def ours(self, house: House) -> object:
        return [patrol(house, self._now) for _ in range(self.times)]

    def bare(self, bare: Bare) -> object:
        now = bare.instant(self._now)
        assignments = ASSIGNMENTS.format(hint="INDEXED BY ix_assignment_next_reminder_at" if bare.is_sqlite else "")
        return [
            (bare.run(WINDOWS, now, now, now), bare.run(assignments, now), bare.run(PROBLEMS, now))
            for _ in range(self.times)
        ]


class FirstPatrol(Patrolling):
    """The same in a new process, beyond its imports: the house is opened, and every statement is met anew."""

    name = "first-patrol"
    times = 1

    @property
    def job(self) -> str:
        return "the same, first of a process, opening included"

    def measure_ours(self, house: House, url: str) -> Spent:
        house.engine.dispose()
        command = [sys.executable, "-m", "benchmarks.first_patrol", url, str(house.home), self._now.isoformat()]
        said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
        return Spent(**json.loads(said.stdout))

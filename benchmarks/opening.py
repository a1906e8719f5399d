"""Opening a window: every branch gets every task, and the counters count them."""

import time
from itertools import pairwise

from actions.house import House
from actions.open_window import PAUSE_SECONDS, ROWS_A_CHUNK, open_window
from benchmarks.bare import Bare, places
from benchmarks.benchmark import InThisProcess
from benchmarks.city import City, found_city, settle

COUNT = (
    "INSERT INTO counter (window_id, task_id, unit_id, due_at, total, done, in_time, waived) "
    "SELECT window_id, task_id, unit_id, due_at, count(*), 0, 0, 0 FROM assignment WHERE window_id = ? "
    "GROUP BY window_id, task_id, unit_id, due_at"
)


def open_bare(bare: Bare, city: City, first: int, last: int) -> None:
    """Insert the assignments of a range of enrolments."""
    deadlines = [(task.task_id, bare.instant(task.due_at), bare.instant(task.next_reminder_at)) for task in city.tasks]
    bare.run(
        f"WITH deadline (task_id, due_at, next_reminder_at) AS (VALUES {places(len(deadlines), 3)}) "
        "INSERT INTO assignment (task_id, branch_id, window_id, unit_id, due_at, status, next_reminder_at) "
        "SELECT deadline.task_id, branch.id, ?, branch.unit_id, deadline.due_at, 'open', deadline.next_reminder_at "
        "FROM enrolment JOIN branch ON branch.id = enrolment.branch_id AND branch.status = 'active' "
        "CROSS JOIN deadline WHERE enrolment.wave_id = ? AND enrolment.id BETWEEN ? AND ? "
        "ORDER BY enrolment.id, deadline.task_id",
        *(value for row in deadlines for value in row),
        city.window_id,
        city.wave_id,
        first,
        last,
    )


def count_bare(bare: Bare, city: City) -> None:
    """Count them, and turn the window open."""
    bare.run(COUNT, city.window_id)
    bare.run(
        "UPDATE \"window\" SET status = 'open', opened_at = ? WHERE id = ? AND status = 'planned'",
        bare.instant(city.opens_at),
        city.window_id,
    )


class Opening(InThisProcess):
    """A window of all branches, five tasks each."""

    outcome = (
        "SELECT counter.task_id, counter.unit_id, counter.due_at, total, count(*), min(branch_id), max(branch_id), "
        "min(next_reminder_at) FROM counter JOIN assignment ON assignment.task_id = counter.task_id "
        "AND assignment.unit_id = counter.unit_id AND assignment.due_at = counter.due_at "
        "GROUP BY counter.task_id, counter.unit_id, counter.due_at, total ORDER BY 1, 2, 3"
    )

    def __init__(self, branches: int, name: str = "opening") -> None:
        self.name = name
        self._branches = branches

    @property
    def job(self) -> str:
        return f"open a window, {self._branches:,} branches x 5 tasks"

    def prepare(self, house: House, bare: Bare) -> None:
        self._city = found_city(house, bare, self._branches)
        settle(bare)

    def ours(self, house: House) -> object:
        return open_window(house, self._city.window_id, now=self._city.opens_at)

    def bare(self, bare: Bare) -> object:
        """In chunks as ours are, with the pause that lets others write in between."""
        size = ROWS_A_CHUNK // len(self._city.tasks)
        starts = [*range(1, self._branches + 1, size), self._branches + 1]
        for first, after in pairwise(starts):
            if first > 1 and bare.is_sqlite:
                time.sleep(PAUSE_SECONDS)
            with bare.transaction():
                open_bare(bare, self._city, first, after - 1)
                if after > self._branches:
                    count_bare(bare, self._city)
        return None

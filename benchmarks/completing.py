"""Completing work: branches answer with one figure each, alone or many in one transaction."""

from collections.abc import Sequence
from datetime import timedelta

from actions.complete import Answer, complete
from actions.house import House
from actions.open_window import open_window
from benchmarks.bare import Bare, places
from benchmarks.benchmark import InThisProcess
from benchmarks.city import found_city, settle

FIND = (
    "SELECT a.id, a.branch_id, a.unit_id, branch.code FROM assignment a JOIN branch ON branch.id = a.branch_id "
    "WHERE branch.code IN {codes} AND a.task_id = ? AND a.status = 'open'"
)
SETTLE = (
    "UPDATE assignment SET status = 'done', done_at = ?, done_by = ?, note = NULL, next_reminder_at = NULL WHERE id = ?"
)
FIGURE = "INSERT INTO figurevalue (assignment_id, code, value) VALUES (?, 'sessions', ?)"
COUNT = (
    "UPDATE counter SET done = done + 1, in_time = in_time + 1 "
    "WHERE window_id = ? AND task_id = ? AND unit_id = ? AND due_at = ?"
)
RECORD = (
    "INSERT INTO event (at, actor, kind, campaign_id, branch_id, subject, before, after) "
    """VALUES (?, ?, 'assignment.completed', ?, ?, ?, '{"status": "open"}', '{"status": "done"}')"""
)
SESSIONS = 4


class Completing(InThisProcess):
    """The first task of the campaign, answered by branch after branch."""

    outcome = (
        "SELECT a.branch_id, a.status, a.done_at, a.done_by, a.next_reminder_at, f.code, f.value, c.done, c.in_time, "
        "(SELECT count(*) FROM event e WHERE e.branch_id = a.branch_id) FROM assignment a "
        "JOIN figurevalue f ON f.assignment_id = a.id "
        "JOIN counter c ON c.unit_id = a.unit_id AND c.task_id = a.task_id ORDER BY 1"
    )

    def __init__(self, branches: int, batch: int) -> None:
        self.name = "completing" if batch == 1 else f"completing-{batch}"
        self.times = min(branches // batch * batch, max(100, 2 * batch))
        self._branches, self._batch = branches, batch

    @property
    def job(self) -> str:
        return "complete one, a transaction each" if self._batch == 1 else f"complete one, {self._batch} a transaction"

    def prepare(self, house: House, bare: Bare) -> None:
        self._city = found_city(house, bare, self._branches)
        open_window(house, self._city.window_id, now=self._city.opens_at)
        self._task, self._at = self._city.tasks[0], self._city.opens_at + timedelta(hours=10)
        settle(bare)

    def ours(self, house: House) -> object:
        name = f"{self._city.stage}/{self._task.code}"
        for codes in self._batches():
            answers = [Answer(code, name, self._at, code, {"sessions": SESSIONS}) for code in codes]
            complete(house, self._city.campaign, answers)
        return None

    def bare(self, bare: Bare) -> object:
        for codes in self._batches():
            self._complete_bare(bare, codes)
        return None

    def _complete_bare(self, bare: Bare, codes: Sequence[str]) -> None:
        at, due_at = bare.instant(self._at), bare.instant(self._task.due_at)
        find = FIND.format(codes=places(1, len(codes))) + ("" if bare.is_sqlite else " FOR UPDATE OF a")
        with bare.transaction():
            found = bare.run(find, *codes, self._task.task_id)
            bare.run_many(SETTLE, [(at, code, key) for key, _, _, code in found])
            bare.run_many(FIGURE, [(key, SESSIONS) for key, _, _, _ in found])
            bare.run_many(COUNT, [(self._city.window_id, self._task.task_id, unit, due_at) for _, _, unit, _ in found])
            bare.run_many(RECORD, [(at, code, self._city.campaign_id, branch, code) for _, branch, _, code in found])

    def _batches(self) -> list[list[str]]:
        codes = [f"B{number}" for number in range(1, self.times + 1)]
        return [codes[start : start + self._batch] for start in range(0, self.times, self._batch)]

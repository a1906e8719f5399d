"""The sweep: what reached a rung is told to officers and their groups, however much is finished beside it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from actions.house import House
from actions.open_window import open_window
from actions.plan_reminders import plan_reminders
from actions.reminders.audience import SECTIONS
from benchmarks.bare import Bare, places
from benchmarks.benchmark import InThisProcess
from benchmarks.city import TASKS, add_archive, found_city, settle
from rules.deadlines import local_day

ADDRESSED = """
    WITH rung (due_at, since, section, rung) AS (VALUES {rungs}),
    addressed (officer_id, id, due_at, section, rung) AS MATERIALIZED (
        SELECT branch.officer_id, a.id, a.due_at, rung.section, rung.rung
        FROM assignment a {hint}
        JOIN task ON task.id = a.task_id AND task.stage_id = ?
        JOIN rung ON rung.due_at = a.due_at AND rung.since = a.next_reminder_at AND rung.section = 'own'
        JOIN branch ON branch.id = a.branch_id
        WHERE a.next_reminder_at <= ?
        UNION ALL
        SELECT officer.id, a.id, a.due_at, rung.section, rung.rung
        FROM assignment a {hint}
        JOIN task ON task.id = a.task_id AND task.stage_id = ?
        JOIN rung ON rung.due_at = a.due_at AND rung.since = a.next_reminder_at AND rung.section = 'group'
        JOIN officer ON officer.unit_id = a.unit_id AND officer.role = 'group'
        WHERE a.next_reminder_at <= ?
    )
"""
DONE = (
    "UPDATE assignment SET status = 'done', done_at = due_at, done_by = 'benchmark', next_reminder_at = NULL "
    "WHERE branch_id > ? AND window_id = ?"
)
INSERT_NOTICES = (
    "INSERT INTO notice (officer_id, campaign_id, kind, day, sends_from, sends_until, status, planned_at) "
    "SELECT DISTINCT officer_id, CAST(? AS int), 'digest', {day}, {at}, {at}, 'planned', {at} FROM addressed ORDER BY 1"
)
INSERT_LINES = (
    "INSERT INTO notice_line (notice_id, campaign_id, section, assignment_id, rung, due_at) "
    "SELECT notice.id, CAST(? AS int), section, addressed.id, rung, due_at FROM addressed "
    "JOIN notice ON notice.officer_id = addressed.officer_id AND notice.kind = 'digest' AND notice.day = {day} "
    "ORDER BY 1, 3, 4"
)
MOVE_ON = (
    "WITH following (due_at, since, next_at) AS (VALUES {following}) "
    "UPDATE assignment SET next_reminder_at = following.next_at FROM following, task "
    "WHERE assignment.next_reminder_at = following.since AND assignment.due_at = following.due_at "
    "AND task.id = assignment.task_id AND task.stage_id = ?"
)


class Sweeping(InThisProcess):
    """All work of a stage reached a rung, most of it the one that calls the guidance group."""

    outcome = (
        "SELECT officer_id, section, count(*), sum(rung), min(a.due_at), min(a.next_reminder_at), max(a.id) "
        "FROM notice JOIN notice_line l ON l.notice_id = notice.id JOIN assignment a ON a.id = l.assignment_id "
        "GROUP BY officer_id, section ORDER BY 1, 2"
    )

    def __init__(self, branches: int, *, due: int, finished: int) -> None:
        """Take the branches that there are, those of them with work due, and how much is finished elsewhere."""
        self._branches, self._due, self._finished = branches, due, finished
        self._beside = finished + (branches - due) * TASKS
        self.name = f"sweep-{due * TASKS}-{self._beside}"

    @property
    def job(self) -> str:
        return f"plan reminders, {self._due * TASKS:,} due beside {self._beside:,} finished"

    def prepare(self, house: House, bare: Bare) -> None:
        city = found_city(house, bare, self._branches)
        open_window(house, city.window_id, now=city.opens_at)
        with bare.transaction():
            bare.run(DONE, self._due, city.window_id)
        add_archive(bare, self._branches, self._finished)
        settle(bare)
        self._city, self._now = city, city.closes_at + timedelta(days=5, hours=11)

    def ours(self, house: House) -> object:
        return plan_reminders(house, self._city.campaign, self._city.stage, now=self._now)

    def bare(self, bare: Bare) -> object:
        rungs, following = list(self._rungs(bare)), list(self._following(bare))
        slot = self._city.rulebook.ladder.send_slot(self._now)
        day = local_day(slot.opens, self._city.rulebook.zone)
        opens, closes, now = bare.instant(slot.opens), bare.instant(slot.closes), bare.instant(self._now)
        addressed = ADDRESSED.format(
            rungs=places(len(rungs), 4), hint="INDEXED BY ix_assignment_next_reminder_at" if bare.is_sqlite else ""
        )
        due = (self._city.stage_id, now)
        chosen = (*(value for rung in rungs for value in rung), *due, *due)
        with bare.transaction():
            bare.run(addressed + _dated(INSERT_NOTICES, day, bare), *chosen, self._city.campaign_id, opens, closes, now)
            if not bare.is_sqlite:
                bare.run("ANALYZE notice")  # or PostgreSQL takes it for the empty table that it was
            bare.run(addressed + _dated(INSERT_LINES, day, bare), *chosen, self._city.campaign_id)
            bare.run(
                MOVE_ON.format(following=places(len(following), 3)),
                *(value for row in following for value in row),
                self._city.stage_id,
            )
        return None

    def _rungs(self, bare: Bare) -> Iterator[tuple[Any, ...]]:
        for due_at, since in self._keys():
            found = self._city.rulebook.ladder.reached(due_at, since, self._now)
            for role, rung in found.rungs.items():
                yield bare.instant(due_at), bare.instant(since), SECTIONS[role].value, rung

    def _following(self, bare: Bare) -> Iterator[tuple[Any, ...]]:
        for due_at, since in self._keys():
            found = self._city.rulebook.ladder.reached(due_at, since, self._now)
            yield bare.instant(due_at), bare.instant(since), bare.instant(found.following)

    def _keys(self) -> Iterator[tuple[datetime, datetime]]:
        return ((task.due_at, task.next_reminder_at) for task in self._city.tasks if task.next_reminder_at)


def _dated(statement: str, day: date, bare: Bare) -> str:
    if bare.is_sqlite:
        return statement.format(day=f"'{day}'", at="?")
    return statement.format(day=f"DATE '{day}'", at="CAST(? AS timestamptz)")

"""What the databases do for the statements that must stay cheap: planners can miss an index, and nobody is told."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from actions.access.scopes import scope_of_unit
from actions.announce import announce
from actions.close_window import close_window
from actions.complete import complete
from actions.house import House
from actions.open_window import open_window
from actions.override_gate import override_gate
from actions.plan_reminders import plan_reminders
from actions.reading.due_stages import StageCall, find_work
from actions.reading.events import EventFilter, read_events
from actions.reading.overview.campaign import read_overview
from actions.reading.overview.late_work import Wanted, read_late_branches, read_late_officers
from actions.reading.overview.unit import read_unit
from actions.report_channels import find_unreported
from actions.silence import Request, silence
from config.vocabulary import EventKind, StageKind
from models.database import connect, snapshot
from models.queries import find_unit
from tests.databases import Databases
from tests.factories import CAMPAIGN, a_house_at_work, answer, at
from tests.records import CAMPAIGN as CODE
from tests.records import window_id
from tests.statements import Statement, watched

TASKS = 20
MANY = CAMPAIGN.replace(
    "      - {code: training, title: {zh: 培训, en: Training}, due: close}\n",
    "".join(f"      - {{code: item-{n}, title: Item, due: close}}\n" for n in range(TASKS - 1)),
)
DONE = """
UPDATE assignment SET status = 'done', done_at = due_at, done_by = 'test', next_reminder_at = NULL
WHERE branch_id > 3 AND branch_id NOT IN (SELECT id FROM branch WHERE code = 'U2-1')
"""
LATE = at("2009-10-14 09:00")
READS_ALL = ("SCAN assignment", "Seq Scan on assignment")


def a_long_running_house(engine: Engine, home: Path, *, is_analyzed: bool = True) -> House:
    """A house in which almost everything is done, as it is most of the time.

    PostgreSQL comes to know that by itself; SQLite does when somebody has it analyzed.
    """
    house = a_house_at_work(engine, home, branches=150, text=MANY)
    for label in ("study/pilot", "study/main"):
        open_window(house, window_id(house, label), now=at("2009-10-09 00:00"))
    with engine.begin() as connection:
        connection.execute(text(DONE))
        if is_analyzed or engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    return house


def plans(house: House, act: Callable[[], object], about: str = "assignment") -> dict[str, str]:
    """The plans of the statements that an act needs and that speak of a table."""
    with watched(house.engine) as seen:
        act()
    explain = "EXPLAIN QUERY PLAN" if house.engine.dialect.name == "sqlite" else "EXPLAIN"
    found: dict[str, str] = {}
    with house.engine.connect() as connection:
        for statement in seen:
            if about in statement.text:
                lines = connection.exec_driver_sql(f"{explain} {statement.text}", _one(statement))
                found[statement.text] = "\n".join(str(line) for *_, line in lines)
    return found


def effort(house: House, act: Callable[[], object]) -> int:
    """How many thousand steps of SQLite's machine an act takes."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection: Any = house.engine.raw_connection().driver_connection  # goes back to the pool, whence the act takes it
    connection.set_progress_handler(step, 1_000)
    act()
    return steps


def _one(statement: Statement) -> Any:
    """The parameters, of the first row where there are many."""
    given = statement.parameters
    return given[0] if isinstance(given, list) else given


@pytest.mark.parametrize("is_analyzed", [True, False], ids=["analyzed", "as SQLite finds it"])
@pytest.mark.parametrize("stage", ["mobilization", "study"], ids=["a stage of many tasks", "a stage of one task"])
def test_what_is_due_is_found_by_its_partial_index(
    engine: Engine, tmp_path: Path, stage: str, is_analyzed: bool
) -> None:
    house = a_long_running_house(engine, tmp_path / "home", is_analyzed=is_analyzed)
    due = {"mobilization": at("2009-09-16 09:00"), "study": at("2009-12-01 09:00")}[stage]
    found = plans(house, lambda: find_work(house, now=due))
    found |= plans(house, lambda: plan_reminders(house, CODE, stage, now=due))
    assert len(found) > 4
    for statement, plan in found.items():
        assert not [scan for scan in READS_ALL if scan in plan], plan
        if "INSERT" not in statement:
            assert "ix_assignment_next_reminder_at" in plan, plan


@pytest.mark.parametrize("scope", [{"branch": "U1-150"}, {"unit": "U1"}], ids=["a branch", "a unit"])
def test_what_is_silenced_is_left_out_by_the_same_index(engine: Engine, tmp_path: Path, scope: dict[str, str]) -> None:
    house = a_long_running_house(engine, tmp_path / "home")
    due = at("2009-12-01 09:00")
    silence(house, Request(date(2010, 1, 1), "flood", **scope), actor="李", now=due)
    found = plans(house, lambda: find_work(house, now=due))
    found |= plans(house, lambda: plan_reminders(house, CODE, "study", now=due))
    assert len(found) > 4
    assert any("silence" in statement for statement in found)
    for statement, plan in found.items():
        assert not [scan for scan in READS_ALL if scan in plan], plan
        if "INSERT" not in statement:
            assert "ix_assignment_next_reminder_at" in plan, plan


def test_while_nothing_is_silenced_the_sweep_asks_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    with watched(engine) as seen:
        find_work(house, now=LATE)
        plan_reminders(house, CODE, "mobilization", now=LATE)
    asking = [statement.text for statement in seen if "silence" in statement.text]
    assert asking
    assert not [text for text in asking if "assignment" in text or "problem" in text]


def test_a_sweep_works_as_hard_for_each_unit_however_many_there_are(databases: Databases, tmp_path: Path) -> None:
    """Nobody tells SQLite how large its tables are: joined in a bad order, 240 units took it a minute."""

    def effort_a_unit(units: int) -> float:
        folder = tmp_path / str(units)
        folder.mkdir()
        with databases.fresh("sqlite", folder) as url:
            house = a_house_at_work(connect(url), folder / "home", units=units, branches=2)
            return effort(house, lambda: plan_reminders(house, CODE, "mobilization", now=LATE)) / units

    assert effort_a_unit(150) < 2 * effort_a_unit(30)


def test_completing_one_reads_one(engine: Engine, tmp_path: Path) -> None:
    house = a_long_running_house(engine, tmp_path / "home")
    found = plans(house, lambda: complete(house, CODE, [answer("U2-1", "item-1")]))
    assert len(found) > 1
    for plan in found.values():
        assert not [scan for scan in READS_ALL if scan in plan], plan


PATROL = StageCall(CODE, "mobilization", StageKind.MOBILIZATION, ("pilot", "main"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("act", "about", "index"),
    [
        pytest.param(
            lambda house: announce(house, PATROL, now=LATE), "INTO notice", "ix_notice_officer_id_day", id="digests"
        ),
        pytest.param(
            lambda house: close_window(house, window_id(house, "mobilization/pilot"), now=LATE),
            "notice_line.window_id = ?",
            "ix_notice_line_window_id",
            id="announcements of a window",
        ),
        pytest.param(find_unreported, "is_reported", "ix_channel_is_reported", id="channels given up"),
    ],
)
def test_what_is_told_is_found_by_its_partial_index(
    engine: Engine, tmp_path: Path, act: Callable[[House], object], about: str, index: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    override_gate(house, CODE, "mobilization/pilot", reason="flood", actor="test", now=LATE)
    with engine.begin() as connection:
        connection.execute(text('UPDATE "window" SET announced_at = NULL'))
    found = plans(house, lambda: act(house), about)
    assert found
    for plan in found.values():
        assert index in plan, plan


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_page_about_a_campaign_goes_from_branches_to_their_work(engine: Engine, tmp_path: Path) -> None:
    house = a_long_running_house(engine, tmp_path / "home")
    with snapshot(engine) as session:
        unit = scope_of_unit(session, find_unit(session, "U2").id)
    pages: list[Callable[[], object]] = [
        lambda: read_overview(house, CODE, now=LATE),
        lambda: read_overview(house, CODE, now=LATE, scope=unit),
        lambda: read_unit(house, CODE, "U2", now=LATE, limit=9),
        lambda: read_late_branches(house, CODE, Wanted(limit=9), now=LATE),
        lambda: read_late_officers(house, CODE, Wanted(limit=9, scope=unit), now=LATE),
    ]
    for page in pages:
        found = plans(house, page, "assignment.")
        assert found
        for plan in found.values():
            assert "ix_assignment_window_id" not in plan, plan
            assert not any(words in plan for words in READS_ALL), plan


MANY_EVENTS = """
INSERT INTO event (at, actor, kind, subject)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
SELECT {at}, 'test', 'assignment.completed', 'x' FROM n
"""
AN_HOUR_EACH = {
    "sqlite": "datetime('2009-01-01', '+' || i || ' hours')",
    "postgresql": "TIMESTAMPTZ '2009-01-01' + i * INTERVAL '1 hour'",
}


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (EventFilter(kind=EventKind.CAMPAIGN_LAUNCHED), "ix_event_kind_id"),
        (EventFilter(day=date(2009, 1, 5)), "ix_event_at"),
    ],
)
def test_the_audit_record_is_searched_by_an_index(
    engine: Engine, tmp_path: Path, wanted: EventFilter, index: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    with engine.begin() as connection:
        connection.execute(text(MANY_EVENTS.format(at=AN_HOUR_EACH[engine.dialect.name])))
        connection.execute(text("ANALYZE"))
    found = plans(house, lambda: read_events(house, wanted, limit=50), "FROM event")
    assert found
    for plan in found.values():
        assert index in plan, plan


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_branches_that_take_part_are_counted_in_an_index_alone(engine: Engine, tmp_path: Path) -> None:
    house = a_long_running_house(engine, tmp_path / "home")
    found = plans(house, lambda: read_overview(house, CODE, now=LATE), "enrolment.left_on IS")
    assert len(found) == 2, "those that do, and those that have left"
    for plan in found.values():
        assert "COVERING INDEX ix_enrolment_wave_id_left_on" in plan, plan

"""Opening a window: every branch of the wave gets the stage's tasks, set-based and once."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from actions.complete import complete
from actions.house import House
from actions.open_window import open_window
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Task
from models.database import connect
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house, a_running_house, answer, at, imported, registry_row
from tests.records import CAMPAIGN as CODE
from tests.records import counters_of, events_of, every, facts, recounted, rows, window_id, window_of, work_of
from tests.statements import Statement, before_each, before_transaction, watched

PILOT, MAIN = "mobilization/pilot", "mobilization/main"
OPENS = at("2009-09-07 00:00")


def opened(house: House, label: str = PILOT, now: datetime = OPENS) -> bool:
    return open_window(house, window_id(house, label), now=now)


def given(house: House) -> set[tuple[str, str]]:
    query = (
        select(Branch.code, Task.code)
        .join(Assignment, col(Assignment.branch_id) == Branch.id)
        .join(Task, col(Task.id) == Assignment.task_id)
    )
    return {tuple(row) for row in rows(house, query)}


def test_every_branch_of_the_wave_gets_every_task_with_its_deadline(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    assert opened(house)
    assert given(house) == {(f"U1-{n}", task) for n in (1, 2) for task in ("survey", "training")}
    survey, training = work_of(house, "U1-1", "survey"), work_of(house, "U1-1", "training")
    assert (survey.status, survey.done_at, survey.window_id) == (AssignmentStatus.OPEN, None, window_id(house, PILOT))
    assert (survey.due_at, training.due_at) == (at("2009-09-15 00:00"), at("2009-09-25 00:00"))
    assert survey.next_reminder_at == at("2009-09-09 08:30")
    window = window_of(house, PILOT)
    assert (window.status, window.opened_at) == (WindowStatus.OPEN, OPENS)
    assert counters_of(house) == recounted(house)


def test_an_opening_is_one_event(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    opened(house)
    (event,) = events_of(house, EventKind.WINDOW_OPENED)
    assert (event.subject, event.actor, event.at) == (PILOT, "patrol", OPENS)
    assert facts(event.after) == {"assignments": 4, "first_day": "2009-09-07", "last_day": "2009-09-24"}


def test_opening_twice_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    opened(house)
    before = dump(engine)
    assert not opened(house, now=at("2009-09-08 00:00"))
    assert dump(engine) == before


def test_a_late_opening_gives_the_deadlines_of_one_in_time(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    opened(house, now=at("2009-09-16 11:11"))
    assert work_of(house, "U1-1", "survey").due_at == at("2009-09-15 00:00")


def test_branches_that_are_not_active_get_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    imported(house, registry_row(1, 2, status="dissolved"), now=at("2009-09-02 10:00"))
    opened(house)
    assert {branch for branch, _ in given(house)} == {"U1-1"}


def test_a_branch_that_joined_late_counts_from_the_day_it_joined(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    imported(house, registry_row(1, 7), now=at("2009-09-10 15:00"))
    opened(house, now=at("2009-09-11 09:00"))
    due = [work_of(house, branch, "survey").due_at for branch in ("U1-1", "U1-7")]
    assert due == [at("2009-09-15 00:00"), at("2009-09-18 00:00")]
    assert work_of(house, "U1-7", "training").due_at == at("2009-09-29 00:00")
    assert work_of(house, "U1-7", "survey").next_reminder_at == at("2009-09-14 08:30")
    assert counters_of(house) == recounted(house)


def test_a_stage_without_tasks_opens_all_the_same(engine: Engine, tmp_path: Path) -> None:
    head, _, rest = CAMPAIGN.partition("    tasks:\n")
    house = a_running_house(engine, tmp_path / "home", branches=1, text=head + "  - code: st" + rest.partition("st")[2])
    assert opened(house)
    assert every(house, Assignment) == []


def test_the_number_of_statements_does_not_grow_with_the_branches(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=2)
    everyone = [registry_row(2, number) for number in range(1, 41)]
    imported(house, *everyone, now=at("2009-09-03 10:00"))
    counts = []
    for label in (PILOT, MAIN):
        with watched(engine) as seen:
            assert opened(house, label, now=at("2009-09-14 00:00"))
        counts.append(len(seen))
    assert counts[0] == counts[1] < 25
    assert len(given(house)) == 42 * 2


class Killed(BaseException):
    """The process is no more."""


TASKS = 60
BRANCHES = 100
LONG = CAMPAIGN.replace(
    "      - {code: training, title: {zh: 培训, en: Training}, due: close}\n",
    "".join(f"      - {{code: item-{n}, title: Item, due: close}}\n" for n in range(TASKS - 1)),
)
"""With this many tasks, the branches of a unit are opened in two chunks."""


def inserting(turn: int, act: Callable[[], object]) -> Callable[[Statement], None]:
    """Act once, before the assignments of a chunk are inserted."""
    left = [turn]

    def look(statement: Statement) -> None:
        if "INSERT INTO assignment" in statement.text:
            left[0] -= 1
            if left[0] == 0:
                act()

    return look


def die() -> None:
    raise Killed


def test_an_opening_killed_between_two_chunks_ends_like_one_undisturbed(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=BRANCHES, text=LONG)
    with pytest.raises(Killed), before_each(engine, inserting(2, die)):
        opened(house)
    half = len(every(house, Assignment))
    assert 0 < half < BRANCHES * TASKS
    assert window_of(house, PILOT).status is WindowStatus.PLANNED
    with pytest.raises(Refusal, match="is not open yet"):
        complete(house, CODE, [answer("U1-1", "survey", "2009-09-07 00:01")])
    assert opened(house, now=at("2009-09-07 01:00"))
    assert len(every(house, Assignment)) == BRANCHES * TASKS
    assert counters_of(house) == recounted(house)
    assert len(events_of(house, EventKind.WINDOW_OPENED)) == 1


LAST_OF_AN_OPENING = 4
"""The transactions of an opening: the window is looked up, read, filled chunk by chunk (here one), and turned open."""


def test_a_window_that_another_turns_open_meanwhile_is_not_opened_twice(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    beside = a_house(connect(engine.url.render_as_string(hide_password=False)), tmp_path / "home")
    with before_transaction(engine, LAST_OF_AN_OPENING, partial(opened, beside)):
        assert not opened(house)
    beside.engine.dispose()
    assert len(events_of(house, EventKind.WINDOW_OPENED)) == 1
    assert counters_of(house) == recounted(house)


def test_who_joins_while_a_window_is_being_opened_gets_its_tasks(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    beside = a_house(connect(engine.url.render_as_string(hide_password=False)), tmp_path / "home")
    join = partial(imported, beside, registry_row(1, 7), now=at("2009-09-07 00:00"))
    with before_transaction(engine, LAST_OF_AN_OPENING, join):
        opened(house)
    beside.engine.dispose()
    assert {branch for branch, _ in given(house)} == {"U1-1", "U1-7"}
    assert counters_of(house) == recounted(house)


def test_who_is_about_to_join_while_a_window_turns_open_gets_its_tasks(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    beside = a_house(connect(engine.url.render_as_string(hide_password=False)), tmp_path / "home")
    about_to_end, opened_by_then = Event(), Event()

    def wait(statement: Statement) -> None:
        if "INSERT INTO event" in statement.text:
            about_to_end.set()
            opened_by_then.wait(0.25)

    def join() -> None:
        with before_each(beside.engine, wait):
            imported(beside, registry_row(1, 7), now=at("2009-09-07 00:00"))

    joining = Thread(target=join)
    joining.start()
    assert about_to_end.wait(10)
    opened(house)
    opened_by_then.set()
    joining.join()
    beside.engine.dispose()
    assert {branch for branch, _ in given(house)} == {"U1-1", "U1-7"}
    assert counters_of(house) == recounted(house)

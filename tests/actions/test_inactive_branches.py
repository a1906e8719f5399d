"""A branch that stops being active is left alone, and finds its work again when it is active again."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.assignments.named import Named
from actions.complete import complete
from actions.house import House
from actions.waive import waive
from config.vocabulary import AssignmentStatus, EventKind
from models.problem import Problem
from models.unit import Unit
from tests.factories import a_house_at_work, answer, at, imported, registry_row
from tests.records import CAMPAIGN as CODE
from tests.records import counters_of, events_of, every, facts, recounted, work_of

LEAVES = at("2009-09-09 10:00")
RETURNS = at("2009-09-16 10:00")
NOTE = "the branch is no longer active"


def leave(house: House, status: str = "dissolved") -> None:
    imported(house, registry_row(1, 1, status=status), now=LEAVES)


def come_back(house: House, unit: int = 1) -> None:
    imported(house, registry_row(unit, 1, code="U1-1"), now=RETURNS)


def reminders_of_problems(house: House) -> list[datetime | None]:
    return [row.next_reminder_at for row in sorted(every(house, Problem), key=lambda row: row.number)]


@pytest.mark.parametrize("status", ["dissolved", "prospect", "preparing"])
def test_the_open_work_of_a_branch_that_stops_being_active_is_waived(
    engine: Engine, tmp_path: Path, status: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    complete(house, CODE, [answer("U1-1", "survey", "2009-09-08 10:00")])
    leave(house, status)
    survey, training = (work_of(house, "U1-1", task) for task in ("survey", "training"))
    assert survey.status is AssignmentStatus.DONE, "what is done stays"
    assert (training.status, training.note, training.next_reminder_at) == (AssignmentStatus.WAIVED, NOTE, None)
    assert work_of(house, "U1-2", "training").status is AssignmentStatus.OPEN
    assert counters_of(house) == recounted(house)
    (event,) = events_of(house, EventKind.ASSIGNMENT_WAIVED)
    assert (event.actor, event.subject, event.branch_id, event.reason) == ("test", "U1-1", training.branch_id, NOTE)
    assert facts(event.after) == {"status": "waived", "work": ["mobilization/training"]}


def test_the_problems_of_a_branch_that_stops_being_active_are_not_reminded_until_it_is_back(
    engine: Engine, tmp_path: Path
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    due = date(2009, 9, 24)
    add_problems(house, CODE, [Finding(branch, "漏", LEAVES, "test", "王", due) for branch in ("U1-1", "U2-1")])
    (first, other) = reminders_of_problems(house)
    assert first == other == at("2009-09-21 08:30")
    leave(house)
    assert reminders_of_problems(house) == [None, other]
    come_back(house)
    assert reminders_of_problems(house) == [first, other]


def test_a_branch_that_is_active_again_has_its_work_again_counted_from_its_return(
    engine: Engine, tmp_path: Path
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    leave(house)
    come_back(house)
    survey = work_of(house, "U1-1", "survey")
    assert (survey.status, survey.note) == (AssignmentStatus.OPEN, None)
    assert (survey.due_at, survey.next_reminder_at) == (at("2009-09-24 00:00"), at("2009-09-18 08:30"))
    assert counters_of(house) == recounted(house)
    (event,) = events_of(house, EventKind.ASSIGNMENT_REOPENED)
    assert (event.actor, event.subject) == ("test", "U1-1")
    assert facts(event.after) == {"status": "open", "work": ["mobilization/survey", "mobilization/training"]}


def test_work_of_a_window_that_closed_meanwhile_is_open_again_with_its_old_deadline(
    engine: Engine, tmp_path: Path
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    before = work_of(house, "U1-1", "training")
    leave(house)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE \"window\" SET status = 'closed'")
    come_back(house)
    assert work_of(house, "U1-1", "training").model_dump() == before.model_dump() | {"reopened": 1}
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-17 08:30"), "no step that is over"


def test_what_was_waived_for_another_reason_stays_waived(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    waive(house, CODE, Named("U1-1", "training"), reason="flood", actor="test", now=at("2009-09-08 10:00"))
    leave(house)
    come_back(house)
    training = work_of(house, "U1-1", "training")
    assert (training.status, training.note) == (AssignmentStatus.WAIVED, "flood")


def test_a_branch_that_is_back_in_another_unit_has_its_work_counted_there(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    leave(house)
    come_back(house, unit=2)
    codes = {unit.id: unit.code for unit in every(house, Unit)}
    assert codes[work_of(house, "U1-1", "training").unit_id] == "U2"
    assert counters_of(house) == recounted(house)


def test_work_of_a_campaign_that_has_ended_is_put_down_and_taken_up_too(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE campaign SET status = 'ended'")
    leave(house)
    assert work_of(house, "U1-1", "training").status is AssignmentStatus.WAIVED
    come_back(house)
    training = work_of(house, "U1-1", "training")
    assert (training.status, training.due_at) == (AssignmentStatus.OPEN, at("2009-09-25 00:00"))

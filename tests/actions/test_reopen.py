"""Reopening work that was done or waived."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import complete
from actions.extend import Request, extend
from actions.reopen import reopen
from actions.waive import waive
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.assignment import FigureValue
from tests.dumps import dump
from tests.factories import a_house_at_work, answer, at, imported, registry_row
from tests.records import CAMPAIGN, counters_of, events_of, every, facts, recounted, work_of

SURVEY = Named("U1-1", "survey")


def test_what_was_done_is_open_again_and_the_event_keeps_the_answer(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    untouched = work_of(house, SURVEY.branch, SURVEY.task)
    complete(house, CAMPAIGN, [answer(SURVEY.branch, SURVEY.task, "2009-09-08 09:00", members=12)])
    assert reopen(house, CAMPAIGN, SURVEY, reason="counted twice", actor="李", now=at("2009-09-08 10:00"))
    again = work_of(house, SURVEY.branch, SURVEY.task)
    assert again.model_dump() == untouched.model_dump() | {"reopened": 1}
    assert every(house, FigureValue) == []
    (event,) = events_of(house, EventKind.ASSIGNMENT_REOPENED)
    assert (event.actor, event.reason) == ("李", "counted twice")
    kept = facts(event.before)
    assert (kept["status"], kept["done_by"], kept["figures"]) == ("done", "OU1-1", {"members": 12})
    assert counters_of(house) == recounted(house)


def test_what_was_waived_is_open_again(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    waive(house, CAMPAIGN, SURVEY, reason="merged", actor="李", now=at("2009-09-08 09:00"))
    assert reopen(house, CAMPAIGN, SURVEY, reason="not merged after all", actor="李", now=at("2009-09-08 10:00"))
    work = work_of(house, SURVEY.branch, SURVEY.task)
    assert (work.status, work.note) == (AssignmentStatus.OPEN, None)
    assert counters_of(house) == recounted(house)


def test_open_work_is_left_as_it_is(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    assert not reopen(house, CAMPAIGN, SURVEY, reason="why not", actor="李", now=at("2009-09-08 10:00"))
    assert dump(engine) == before


def test_it_can_be_answered_again(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    for members in (12, 13):
        complete(house, CAMPAIGN, [answer(SURVEY.branch, SURVEY.task, members=members)])
        if members == 12:
            reopen(house, CAMPAIGN, SURVEY, reason="wrong", actor="李", now=at("2009-09-15 11:00"))
    assert [value.value for value in every(house, FigureValue)] == [13]
    assert counters_of(house) == recounted(house)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2009-09-08 10:00", at("2009-09-09 08:30"), id="before the ladder: its first rung"),
        pytest.param("2009-09-09 08:30", at("2009-09-14 08:30"), id="at a rung: the one after it"),
        pytest.param("2009-09-22 10:00", at("2009-09-23 08:30"), id="late: what is left of the ladder"),
        pytest.param("2009-09-23 08:30", at("2009-09-27 08:30"), id="late: what comes ever more rarely"),
        pytest.param("2010-05-17 08:30", None, id="past the last rung: nothing"),
    ],
)
def test_the_next_reminder_is_later_than_the_reopening(
    engine: Engine, tmp_path: Path, now: str, expected: datetime | None
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    complete(house, CAMPAIGN, [answer(SURVEY.branch, SURVEY.task, "2009-09-08 09:00")])
    reopen(house, CAMPAIGN, SURVEY, reason="wrong", actor="李", now=at(now))
    assert work_of(house, SURVEY.branch, SURVEY.task).next_reminder_at == expected


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_unknown_work_is_refused(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    with pytest.raises(Refusal, match="task dance: not in campaign"):
        reopen(house, CAMPAIGN, Named("U1-1", "dance"), reason="why", actor="李", now=at("2009-09-08 10:00"))


def test_it_counts_for_the_unit_that_the_branch_is_in_now(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    complete(house, CAMPAIGN, [answer(SURVEY.branch, SURVEY.task, "2009-09-08 09:00")])
    imported(house, registry_row(2, 1, code="U1-1"), registry_row(2, 1), now=at("2009-09-09 09:00"))
    new_unit = work_of(house, "U1-1", "training").unit_id
    assert work_of(house, SURVEY.branch, SURVEY.task).unit_id != new_unit
    reopen(house, CAMPAIGN, SURVEY, reason="counted twice", actor="李", now=at("2009-09-10 10:00"))
    assert work_of(house, SURVEY.branch, SURVEY.task).unit_id == new_unit
    assert counters_of(house) == recounted(house)


def test_it_has_the_deadline_that_was_granted_meanwhile(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    complete(house, CAMPAIGN, [answer(SURVEY.branch, SURVEY.task, "2009-09-08 09:00")])
    flood = Request(date(2009, 9, 23), "flood", unit="U1", task="survey")
    extend(house, CAMPAIGN, flood, actor="李", now=at("2009-09-09 09:00"))
    reopen(house, CAMPAIGN, SURVEY, reason="counted twice", actor="李", now=at("2009-09-10 10:00"))
    assert work_of(house, SURVEY.branch, SURVEY.task).due_at == at("2009-09-24 00:00")
    assert work_of(house, SURVEY.branch, SURVEY.task).next_reminder_at == at("2009-09-18 08:30")
    assert counters_of(house) == recounted(house)

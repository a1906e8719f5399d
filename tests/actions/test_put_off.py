"""Put off rather than lost: what cannot be said to one reader is told to the next, once."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.add_problem import Finding, add_problems
from actions.assignments.named import Named
from actions.cancel_untrue import cancel_untrue
from actions.complete import complete
from actions.hand_over import hand_over
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reopen import reopen
from config.errors import Refusal
from config.vocabulary import DropReason, EventKind, NoticeStatus, Section
from flows.patrol import patrol
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice
from models.officer import Officer
from models.problem import Problem
from tests.dumps import dump
from tests.factories import a_house_at_work, a_running_house, answer, at, imported, registry_row
from tests.records import CAMPAIGN, Line, digests, events_of, every, facts, told, work_of

SURVEY = "mobilization/survey"
SEND_DAY = at("2009-09-17 08:30")
"""The survey of unit U1 reaches the rung that officer and group are told of."""


def planned(house: House, instant: str) -> int:
    return plan_reminders(house, CAMPAIGN, "mobilization", now=at(instant))


def sent(house: House, *officers: int) -> None:
    """Let the delivery have sent the notices of some officers."""
    notice = table_of(Notice)
    with transaction(house.engine) as session:
        session.execute(update(notice).where(notice.c.officer_id.in_(officers)).values(status=NoticeStatus.SENT))


def officer_of(house: House, code: str) -> int:
    return next(row.id for row in every(house, Officer) if row.code == code)


def test_the_new_officer_is_told_by_the_next_patrol(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    patrol(house, at("2009-09-14 09:00"))
    imported(house, registry_row(1, 1, officer="NEW"), now=at("2009-09-14 10:00"))
    patrol(house, at("2009-09-14 11:00"))
    found = {digest.officer: (digest.status, digest.lines) for digest in digests(house)}
    assert found == {
        "OU1-1": (NoticeStatus.CANCELLED, (Line(Section.OWN, "U1-1", SURVEY, 1, DropReason.REASSIGNED),)),
        "NEW": (NoticeStatus.PLANNED, (Line(Section.OWN, "U1-1", SURVEY, 1),)),
    }
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-15 08:30")


def test_a_second_patrol_changes_nothing_more(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    patrol(house, SEND_DAY)
    hand_over(house, "OU1-1", "OU1-2", actor="李", now=SEND_DAY)
    patrol(house, SEND_DAY)
    before = dump(engine)
    patrol(house, SEND_DAY)
    assert dump(engine) == before


def test_who_is_the_officer_again_is_told_in_the_same_digest(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    patrol(house, SEND_DAY)
    hand_over(house, "OU1-1", "OU1-2", actor="李", now=SEND_DAY)
    patrol(house, SEND_DAY)
    imported(house, registry_row(1, 1), now=SEND_DAY)
    patrol(house, SEND_DAY)
    own = {digest.officer: digest for digest in digests(house) if digest.officer.startswith("O")}
    assert own["OU1-1"].status is NoticeStatus.PLANNED
    assert own["OU1-1"].lines == (Line(Section.OWN, "U1-1", SURVEY, 3),)
    assert [line.dropped for line in own["OU1-2"].lines] == [DropReason.REASSIGNED, None]


def test_a_group_that_was_told_is_not_told_again_because_the_officer_changed(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    patrol(house, SEND_DAY)
    sent(house, officer_of(house, "G1"))
    hand_over(house, "OU1-1", "OU1-2", actor="李", now=SEND_DAY)
    patrol(house, at("2009-09-17 10:00"))
    assert [digest.day for digest in digests(house) if digest.officer == "G1"] == [date(2009, 9, 17)]
    assert {("OU1-2", "U1-1", SURVEY), ("OU1-2", "U1-2", SURVEY)} <= told(house)


def test_a_group_is_told_of_a_rung_that_was_reached_after_it_was_told(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    patrol(house, SEND_DAY)
    sent(house, officer_of(house, "G1"))
    hand_over(house, "OU1-1", "OU1-2", actor="李", now=SEND_DAY)
    patrol(house, at("2009-09-21 10:00"))
    assert [digest.day for digest in digests(house) if digest.officer == "G1"] == [
        date(2009, 9, 17),
        date(2009, 9, 21),
    ]


def test_what_a_digest_has_gathered_is_put_off_to_where_it_began(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    planned(house, "2009-09-09 09:00")
    for instant in ("2009-09-14 07:00", "2009-09-14 09:00"):
        patrol(house, at(instant))  # moves what was not sent, and adds to it
    hand_over(house, "OU1-1", "OU1-2", actor="李", now=at("2009-09-14 10:00"))
    cancel_untrue(house, now=at("2009-09-14 10:00"))
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-09 08:30")
    assert work_of(house, "U1-2", "survey").next_reminder_at == at("2009-09-15 08:30")


def test_what_is_settled_is_not_put_off(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    planned(house, "2009-09-14 09:00")
    hand_over(house, "OU1-1", "OU1-2", actor="李", now=at("2009-09-14 10:00"))
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-14 10:00")])
    cancel_untrue(house, now=at("2009-09-14 10:00"))
    assert work_of(house, "U1-1", "survey").next_reminder_at is None
    assert {line.dropped for digest in digests(house) for line in digest.lines} == {DropReason.DONE, None}


def test_a_reminder_that_is_earlier_stays(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    planned(house, "2009-09-15 09:00")
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-15 10:00")])
    reopen(house, CAMPAIGN, Named("U1-1", "survey"), reason="wrong", actor="李", now=at("2009-09-15 11:00"))
    hand_over(house, "OU1-1", "OU1-2", actor="李", now=at("2009-09-15 12:00"))
    cancel_untrue(house, now=at("2009-09-15 12:00"))
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-09 08:30"), "merged into the 15th"


@pytest.mark.parametrize(("status", "chased"), [("active", True), ("dissolved", False)])
def test_a_problem_is_put_off_unless_its_branch_is_not_active(
    engine: Engine, tmp_path: Path, status: str, chased: bool
) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    due = Finding("U1-1", "no library", at("2009-11-03 10:00"), "OU1-1", "王", date(2009, 11, 20))
    add_problems(house, CAMPAIGN, [due])
    plan_reminders(house, CAMPAIGN, "rectification", now=at("2009-11-17 09:00"))
    imported(house, registry_row(1, 1, officer="NEW", status=status), now=at("2009-11-17 10:00"))
    cancel_untrue(house, now=at("2009-11-17 11:00"))
    plan_reminders(house, CAMPAIGN, "rectification", now=at("2009-11-17 11:00"))
    assert (("NEW", "U1-1", "#1") in told(house)) is chased
    assert (every(house, Problem)[0].next_reminder_at is not None) is chased


def test_a_hand_over_counts_the_branches_and_is_told_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=3)
    assert hand_over(house, "OU1-1", "OU1-2", actor="李", now=SEND_DAY) == 1
    assert hand_over(house, "OU1-2", "OU1-3", actor="李", now=SEND_DAY) == 2
    before = dump(engine)
    assert hand_over(house, "OU1-2", "OU1-3", actor="李", now=SEND_DAY) == 0
    assert dump(engine) == before
    *_, event = events_of(house, EventKind.BRANCHES_HANDED_OVER)
    assert (event.subject, event.actor, facts(event.after)) == ("OU1-2", "李", {"officer": "OU1-3", "branches": 2})


@pytest.mark.parametrize(
    ("giver", "taker", "said"), [("OU1-1", "OU1-1", "has these branches already"), ("X", "OU1-1", "officer X: unknown")]
)
def test_branches_go_to_another_officer_who_is_there(
    engine: Engine, tmp_path: Path, giver: str, taker: str, said: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    with pytest.raises(Refusal, match=said):
        hand_over(house, giver, taker, actor="李", now=SEND_DAY)

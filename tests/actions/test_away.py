"""Officers who are away: on these days a deputy is told instead, and nothing is lost in between."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.add_officer import NewOfficer, add_officer
from actions.extend import Request, extend
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reading.officers import AwayState, read_officers
from actions.set_away import set_away
from actions.set_back import set_back
from config.errors import Refusal
from config.vocabulary import DropReason, EventKind, NoticeKind, NoticeStatus, OfficerRole, Section
from flows.patrol import patrol
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice
from models.officer import Officer
from tests.dumps import dump
from tests.factories import LAUNCH_DAY, a_house_at_work, at
from tests.records import CAMPAIGN, Line, digests, events_of, every, facts, told

SURVEY = "mobilization/survey"
MORNING = at("2009-09-14 08:30")
MONDAY, FRIDAY = date(2009, 9, 14), date(2009, 9, 18)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """Unit U1 at work, with three branches, their officers, a group and a coordinator, and a spare officer D."""
    house = a_house_at_work(engine, tmp_path / "home", units=1)
    add_officer(house, NewOfficer("D", "代理", OfficerRole.LIAISON, channel="folder://D"), actor="test", now=LAUNCH_DAY)
    return house


def away(
    house: House, officer: str, deputy: str = "D", first: date = MONDAY, last: date | None = FRIDAY, now: str = "09:00"
) -> bool:
    return set_away(house, officer, deputy, first, last, actor="李", now=at(f"2009-09-14 {now}"))


def tells(house: House, branch: str = "U1-1") -> set[str]:
    """Who is told of a branch."""
    return {officer for officer, about, _ in told(house) if about == branch}


def settled(house: House, officer: str, status: NoticeStatus = NoticeStatus.SENT) -> None:
    """Let the delivery have dealt with all notices of an officer."""
    (officer_id,) = (row.id for row in every(house, Officer) if row.code == officer)
    notice = table_of(Notice)
    with transaction(house.engine) as session:
        session.execute(update(notice).where(notice.c.officer_id == officer_id).values(status=status))


def test_the_deputy_is_told_instead(house: House) -> None:
    away(house, "OU1-1")
    patrol(house, MORNING)
    (digest,) = (digest for digest in digests(house) if digest.officer == "D")
    assert digest.lines == (Line(Section.OWN, "U1-1", SURVEY, 1),)
    assert tells(house) == {"D"}
    assert tells(house, "U1-2") == {"OU1-2"}


def test_what_was_planned_goes_over_to_the_deputy(house: House) -> None:
    patrol(house, MORNING)
    away(house, "OU1-1")
    patrol(house, at("2009-09-14 10:00"))
    assert tells(house) == {"D"}
    (left,) = (digest for digest in digests(house) if digest.officer == "OU1-1")
    assert (left.status, left.reason) == (NoticeStatus.CANCELLED, DropReason.REASSIGNED)


def test_what_was_planned_goes_back_to_an_officer_who_is_back(house: House) -> None:
    away(house, "OU1-1", last=None)
    patrol(house, MORNING)
    assert set_back(house, "OU1-1", actor="李", now=at("2009-09-14 10:00"))
    patrol(house, at("2009-09-14 10:00"))
    assert tells(house) == {"OU1-1"}
    assert not set_back(house, "OU1-1", actor="李", now=at("2009-09-14 10:00"))


@pytest.mark.parametrize("repeated", ["2009-09-14 08:30", "2009-09-14 17:59"])
def test_repeated_patrols_change_nothing(house: House, repeated: str) -> None:
    away(house, "OU1-1")
    away(house, "G1")
    patrol(house, at("2009-09-17 08:30"))
    patrol(house, at(repeated))
    before = dump(house.engine)
    patrol(house, at(repeated))
    assert dump(house.engine) == before


def test_only_send_days_away_are_the_deputys(house: House) -> None:
    away(house, "OU1-1", first=date(2009, 9, 15), last=date(2009, 9, 15))
    for day, reader in ((14, "OU1-1"), (15, "D"), (16, "OU1-1")):
        patrol(house, at(f"2009-09-{day} 08:30"))
        assert tells(house) == {reader}
        settled(house, reader, NoticeStatus.CANCELLED)


def test_what_is_planned_in_the_evening_is_for_whoever_is_there_in_the_morning(house: House) -> None:
    away(house, "OU1-1", first=date(2009, 9, 15))
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-14 20:00"))
    assert tells(house) == {"D"}


def test_where_the_deputys_day_is_taken_the_first_of_either_that_is_free_is_found(house: House) -> None:
    away(house, "OU1-2")
    patrol(house, MORNING)
    settled(house, "D")
    away(house, "OU1-1", last=MONDAY)
    patrol(house, at("2009-09-14 10:00"))
    (digest,) = (digest for digest in digests(house, live=True) if digest.officer == "OU1-1")
    assert digest.day == date(2009, 9, 15), "on the deputy's day nothing more goes out; the officer's next one is free"


@pytest.mark.parametrize(("zone", "reader"), [("Asia/Shanghai", "D"), ("America/New_York", "OU1-1")])
def test_days_away_are_days_of_the_officers_own_zone(house: House, zone: str, reader: str) -> None:
    with transaction(house.engine) as session:
        table = table_of(Officer)
        session.execute(update(table).where(table.c.code == "OU1-1").values(timezone=zone))
    away(house, "OU1-1")
    patrol(house, MORNING)  # half past eight in the evening of Sunday in New York
    assert tells(house) == {reader}
    patrol(house, MORNING)
    assert tells(house) == {reader}


def test_groups_and_coordinators_have_deputies_too(house: House) -> None:
    away(house, "G1", last=None)
    away(house, "C", deputy="OU1-2", last=None)
    patrol(house, at("2009-09-23 08:30"))
    assert tells(house) == {"OU1-1", "D", "OU1-2"}
    sections = {(digest.officer, line.section) for digest in digests(house) for line in digest.lines}
    assert {("D", Section.GROUP), ("OU1-2", Section.OWN), ("OU1-2", Section.COORDINATOR)} <= sections
    set_back(house, "G1", actor="李", now=at("2009-09-23 09:00"))
    set_back(house, "C", actor="李", now=at("2009-09-23 09:00"))
    patrol(house, at("2009-09-23 09:00"))
    assert tells(house) == {"OU1-1", "G1", "C"}


def test_what_was_planned_for_a_group_goes_over_to_its_deputy(house: House) -> None:
    patrol(house, at("2009-09-17 08:30"))
    assert "G1" in tells(house)
    away(house, "G1")
    patrol(house, at("2009-09-17 09:00"))
    assert tells(house) == {"OU1-1", "D"}


def test_a_deputy_who_is_a_coordinator_too_is_told_once(house: House) -> None:
    add_officer(
        house, NewOfficer("CC", "统筹二", OfficerRole.COORDINATOR, None, "folder://CC"), actor="test", now=LAUNCH_DAY
    )
    away(house, "C", deputy="CC", last=None)
    patrol(house, at("2009-09-23 08:30"))
    (digest,) = (digest for digest in digests(house) if digest.officer == "CC")
    assert [line.branch for line in digest.lines] == ["U1-1", "U1-2", "U1-3"]


def test_a_group_that_stands_in_for_another_gives_back_what_is_the_others_alone(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    away(house, "G1", deputy="G2", last=None)
    patrol(house, at("2009-09-24 08:30"))
    assert "G2" in tells(house)
    set_back(house, "G1", actor="李", now=at("2009-09-24 09:00"))
    patrol(house, at("2009-09-24 09:00"))
    assert {officer for officer in tells(house) if officer.startswith("G")} == {"G1"}
    assert {officer for officer in tells(house, "U2-1") if officer.startswith("G")} == {"G2"}


def test_an_extension_is_told_to_the_deputy(house: House) -> None:
    away(house, "OU1-1")
    later = Request(date(2009, 9, 22), "flood", branch="U1-1", task="survey")
    extend(house, CAMPAIGN, later, actor="李", now=at("2009-09-14 10:00"))
    (message,) = digests(house, kind=NoticeKind.EXTENSION)
    assert (message.officer, [line.branch for line in message.lines]) == ("D", ["U1-1"])


def test_an_absence_is_on_record_and_listed(house: House) -> None:
    assert away(house, "OU1-1", last=None)
    before = dump(house.engine)
    assert not away(house, "OU1-1", last=None)
    assert dump(house.engine) == before
    assert away(house, "OU1-1")
    listed = {officer.officer: officer.away for officer in read_officers(house, now=MORNING)}
    assert listed.pop("OU1-1") == AwayState(MONDAY, FRIDAY, "D", "代理")
    assert set(listed.values()) == {None}
    set_back(house, "OU1-1", actor="王", now=MORNING)
    first, second, back = events_of(house, EventKind.OFFICER_AWAY, EventKind.OFFICER_BACK)
    open_ended = {"deputy": "D", "from": "2009-09-14", "until": None}
    assert (first.subject, first.actor, facts(first.before), facts(first.after)) == ("OU1-1", "李", None, open_ended)
    assert (facts(second.before), facts(second.after)) == (open_ended, open_ended | {"until": "2009-09-18"})
    assert (back.kind, back.actor, facts(back.before)["until"]) == (EventKind.OFFICER_BACK, "王", "2009-09-18")


def test_an_absence_that_is_over_is_forgotten(house: House) -> None:
    away(house, "OU1-1")
    assert all(officer.away is None for officer in read_officers(house, now=at("2009-09-19 00:00")))
    patrol(house, at("2009-09-21 08:30"))
    assert "OU1-1" in tells(house)
    assert "D" not in tells(house)


@pytest.mark.parametrize(
    ("officer", "deputy", "first", "last", "said"),
    [
        pytest.param("OU1-1", "OU1-1", MONDAY, FRIDAY, "OU1-1: cannot be one's own deputy", id="oneself"),
        pytest.param("OU1-1", "OU1-2", FRIDAY, None, "OU1-2: is away from 2009-09-14 until 2009-09-18", id="away"),
        pytest.param("D", "OU1-3", date(2009, 9, 1), MONDAY, "D: stands in for OU1-2, who is away", id="a deputy"),
        pytest.param("OU1-1", "D", FRIDAY, MONDAY, "until 2009-09-14 is before 2009-09-18", id="backwards"),
        pytest.param("OU1-1", "D", date(2009, 9, 1), date(2009, 9, 13), "2009-09-13 is over", id="over"),
        pytest.param("OU1-1", "X", MONDAY, FRIDAY, "officer X: unknown", id="no such deputy"),
    ],
)
def test_an_absence_that_leaves_nobody_to_tell_is_refused(
    house: House, officer: str, deputy: str, first: date, last: date | None, said: str
) -> None:
    away(house, "OU1-2")
    before = dump(house.engine)
    with pytest.raises(Refusal, match=said):
        away(house, officer, deputy, first, last)
    assert dump(house.engine) == before


def test_absences_one_after_the_other_may_cross(house: House) -> None:
    away(house, "OU1-1", deputy="OU1-2", last=MONDAY)
    assert away(house, "OU1-2", deputy="OU1-1", first=date(2009, 9, 15), last=None)

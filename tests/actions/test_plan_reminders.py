"""Planning reminders: one digest a person and day, every rung once, nothing lost."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from actions.add_officer import NewOfficer, add_officer
from actions.complete import complete
from actions.house import House
from actions.launch import launch
from actions.open_window import open_window
from actions.plan_reminders import plan_reminders
from config.vocabulary import EventKind, NoticeStatus, OfficerRole, Section
from models.assignment import Assignment
from models.database import connect, transaction
from models.dialects import table_of
from models.notice import Notice
from models.officer import Officer
from notifications.outbox.claim import Pace, claim
from notifications.outbox.queue import enqueue
from tests.dumps import dump
from tests.factories import (
    CAMPAIGN,
    LAUNCH_DAY,
    a_house,
    a_house_at_work,
    a_running_house,
    answer,
    at,
    campaign_file,
    imported,
    registry_row,
)
from tests.records import CAMPAIGN as CODE
from tests.records import Line, digests, events_of, facts, told, window_id, work_of
from tests.statements import Statement, before_each, watched

SURVEY, TRAINING = "mobilization/survey", "mobilization/training"
MORNING = 'reminders: {window: {from: "08:30", to: "10:00"}}\nstages:'


def planned(house: House, *instants: str, stage: str = "mobilization", campaign: str = CODE) -> list[int]:
    """Plan at each of these instants; the number of notices that each made."""
    return [plan_reminders(house, campaign, stage, now=at(instant)) for instant in instants]


def test_a_person_has_one_digest_with_all_that_reached_a_rung(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    imported(house, registry_row(1, 2, officer="OU1-1"), now=at("2009-09-08 10:00"))
    assert planned(house, "2009-09-09 08:30") == [1]
    (digest,) = digests(house)
    assert (digest.officer, digest.day, digest.status) == ("OU1-1", date(2009, 9, 9), NoticeStatus.PLANNED)
    assert digest.lines == (Line(Section.OWN, "U1-1", SURVEY, 0), Line(Section.OWN, "U1-2", SURVEY, 0))
    assert digest.sends_from == at("2009-09-09 08:30")
    (event,) = events_of(house, EventKind.NOTICES_PLANNED)
    assert (event.subject, facts(event.after)) == ("mobilization", {"notices": 1, "reminded": 2})


def test_before_a_rung_is_reached_nobody_is_told(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    assert planned(house, "2009-09-09 08:29") == [0]
    assert dump(engine) == before


def test_planning_twice_at_one_instant_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    planned(house, "2009-09-17 09:00")
    before = dump(engine)
    assert planned(house, "2009-09-17 09:00") == [0]
    assert dump(engine) == before


def test_the_next_reminder_is_the_next_rung(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    rungs = []
    for instant in ("2009-09-09 08:30", "2009-09-14 08:30", "2009-09-15 08:30", "2009-09-23 08:30", "2010-05-17 08:30"):
        planned(house, instant)
        rungs.append(work_of(house, "U1-1", "survey").next_reminder_at)
    assert rungs[:3] == [at("2009-09-14 08:30"), at("2009-09-15 08:30"), at("2009-09-16 08:30")]
    assert rungs[3:] == [at("2009-09-27 08:30"), None], "ever rarer, for eight months"


def test_what_comes_later_on_the_day_joins_the_digest_that_is_there(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    assert planned(house, "2009-09-15 09:00") == [1]
    another_campaign(house, tmp_path)
    assert planned(house, "2009-09-15 10:00", campaign="audit") == [0]
    (digest,) = digests(house)
    assert [line.work for line in digest.lines] == [SURVEY, SURVEY]


def test_late_work_climbs_to_the_group_and_to_the_coordinator(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    complete(house, CODE, [answer("U2-1", task) for task in ("survey", "training")])
    planned(house, "2009-09-15 09:00", "2009-09-16 09:00")
    assert {officer for officer, _, _ in told(house)} == {"OU1-1"}
    planned(house, "2009-09-17 09:00")
    sections = {digest.officer: digest.lines for digest in digests(house) if digest.day == date(2009, 9, 17)}
    assert sections == {
        "G1": (Line(Section.GROUP, "U1-1", SURVEY, 3),),
        "OU1-1": (Line(Section.OWN, "U1-1", SURVEY, 3),),
    }
    planned(house, "2009-09-18 09:00", "2009-09-21 09:00", "2009-09-23 09:00")
    assert [digest.lines for digest in digests(house) if digest.officer == "C"] == [
        (Line(Section.COORDINATOR, "U1-1", SURVEY, 4),)
    ]
    assert not [digest for digest in digests(house) if digest.officer == "G2"]


def test_the_nearest_group_above_is_told_and_every_coordinator_of_the_subtree(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    township = "T1,镇,U1,township,T1-1,镇支部,9,30,OT,联络员,folder://OT,"
    imported(house, registry_row(1, 1), registry_row(2, 1), township, now=LAUNCH_DAY)
    for code, role, unit in [
        ("GR", OfficerRole.GROUP, "R"),
        ("G1", OfficerRole.GROUP, "U1"),
        ("C1", OfficerRole.COORDINATOR, "U1"),
        ("C2", OfficerRole.COORDINATOR, "U2"),
        ("CC", OfficerRole.COORDINATOR, None),
    ]:
        add_officer(house, NewOfficer(code, code, role, unit), actor="test", now=LAUNCH_DAY)
    launch(house, campaign_file(tmp_path), actor="test", now=LAUNCH_DAY)
    for label in ("mobilization/pilot", "mobilization/main"):
        open_window(house, window_id(house, label), now=LAUNCH_DAY)
    planned(house, "2009-10-30 09:00")
    above = {
        (officer, branch) for officer, branch, work in told(house) if work == SURVEY and not officer.startswith("O")
    }
    assert above == {
        ("G1", "U1-1"),
        ("G1", "T1-1"),
        ("GR", "U2-1"),
        ("C1", "U1-1"),
        ("C1", "T1-1"),
        ("C2", "U2-1"),
        ("CC", "U1-1"),
        ("CC", "T1-1"),
        ("CC", "U2-1"),
    }


def test_ten_days_of_outage_give_one_message_a_person_with_the_highest_rung(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    assert planned(house, "2009-09-22 12:00") == [3]
    assert {digest.officer: digest.lines for digest in digests(house)} == {
        "G1": (Line(Section.GROUP, "U1-1", SURVEY, 3), Line(Section.GROUP, "U1-2", SURVEY, 3)),
        "OU1-1": (Line(Section.OWN, "U1-1", SURVEY, 3), Line(Section.OWN, "U1-1", TRAINING, 0)),
        "OU1-2": (Line(Section.OWN, "U1-2", SURVEY, 3), Line(Section.OWN, "U1-2", TRAINING, 0)),
    }


@pytest.mark.parametrize(
    "status", [NoticeStatus.SENDING, NoticeStatus.SENT, NoticeStatus.HELD, NoticeStatus.DEAD], ids=str
)
def test_what_comes_after_a_digest_is_fixed_goes_to_the_next_send_day(
    engine: Engine, tmp_path: Path, status: NoticeStatus
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    assert planned(house, "2009-09-18 09:00") == [2]
    settled(house, "OU1-1", "2009-09-18", status)
    another_campaign(house, tmp_path)
    assert planned(house, "2009-09-18 10:00", campaign="audit") == [1]
    fixed, next_one = [digest for digest in digests(house) if digest.officer == "OU1-1"]
    assert (fixed.day, next_one.day) == (date(2009, 9, 18), date(2009, 9, 21)), "Monday, after a weekend"
    assert (fixed.status, len(fixed.lines)) == (status, 1)
    assert next_one.lines == (Line(Section.OWN, "U1-1", SURVEY, 3),)
    assert next_one.sends_from == at("2009-09-21 08:30")
    (group,) = [digest for digest in digests(house) if digest.officer == "G1"]
    assert len(group.lines) == 2, "what is not fixed takes the line"


def test_however_many_days_are_fixed_the_first_that_is_free_takes_the_lines(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-16 09:00", "2009-09-17 09:00", "2009-09-18 09:00")
    for day in ("2009-09-16", "2009-09-17", "2009-09-18"):
        settled(house, "OU1-1", day, NoticeStatus.DEAD)
    another_campaign(house, tmp_path)
    planned(house, "2009-09-16 10:00", campaign="audit")
    free = [digest for digest in digests(house) if digest.officer == "OU1-1"][-1]
    assert (free.day, free.status, len(free.lines)) == (date(2009, 9, 21), NoticeStatus.PLANNED, 1)


BEFORE_LOCKING = "FOR NO KEY UPDATE"


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    ("moment", "taken", "day"),
    [
        (BEFORE_LOCKING, {"联络员OU1-1", "联络员OU1-2"}, date(2009, 9, 16)),
        ("INSERT INTO notice ", {"联络员OU1-2"}, date(2009, 9, 15)),
        ("INSERT INTO notice_line ", {"联络员OU1-2"}, date(2009, 9, 15)),
        ("UPDATE assignment ", {"联络员OU1-2"}, date(2009, 9, 15)),
    ],
    ids=["before the notices are held", "before notices are made", "before lines are written", "before it moves on"],
)
def test_a_delivery_in_between_takes_what_is_not_concerned_and_no_line_is_lost(
    database: str, engine: Engine, tmp_path: Path, moment: str, taken: set[str], day: date
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    planned(house, "2009-09-15 09:00")
    another_campaign(house, tmp_path)
    complete(house, "audit", [answer("U1-2", "survey", "2009-09-15 09:30")])
    delivering = connect(database)
    with transaction(delivering) as session:
        enqueue(session, at("2009-09-15 10:00"))
    readers: set[str] = set()

    def take(statement: Statement) -> None:
        if moment not in statement.text or readers:
            return
        with transaction(delivering) as session:
            claimed = claim(session, "a", at("2009-09-15 10:00"), limit=100, pace=Pace.TOGETHER)
        readers.update(parcel.message.to for parcel in claimed.parcels)

    with before_each(engine, take):
        planned(house, "2009-09-15 10:00", campaign="audit")
    delivering.dispose()
    assert readers == taken
    audit = [found for found in digests(house) if len(found.lines) == 2 or found.day == date(2009, 9, 16)]
    assert [(found.officer, found.day, found.status) for found in audit] == [("OU1-1", day, NoticeStatus.PLANNED)]


def test_a_cancelled_digest_is_taken_up_again(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-09 09:00")
    settled(house, "OU1-1", "2009-09-09", NoticeStatus.CANCELLED)
    with transaction(engine) as session:
        session.execute(update(table_of(Assignment)).values(next_reminder_at=at("2009-09-09 08:30")))
    assert planned(house, "2009-09-09 10:00") == [1]
    (digest,) = digests(house)
    assert (digest.status, digest.reason) == (NoticeStatus.PLANNED, None)


def test_a_cancelled_digest_is_sent_in_the_hours_of_whoever_takes_it_up(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1, text=CAMPAIGN.replace("stages:", MORNING))
    another_campaign(house, tmp_path)
    planned(house, "2009-09-15 09:00")
    settled(house, "OU1-1", "2009-09-15", NoticeStatus.CANCELLED)
    planned(house, "2009-09-15 11:00", campaign="audit")
    (digest,) = digests(house)
    assert (digest.day, digest.sends_until) == (date(2009, 9, 15), at("2009-09-15 18:00"))


def test_outside_the_send_window_it_is_for_the_next_one(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-18 19:00")
    digest = digests(house)[-1]
    assert (digest.day, digest.sends_from) == (date(2009, 9, 21), at("2009-09-21 08:30"))


def test_the_day_of_a_digest_is_that_of_the_reader(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    with transaction(engine) as session:
        session.execute(
            update(table_of(Officer)).where(col(Officer.code) == "OU1-1").values(timezone="America/New_York")
        )
    planned(house, "2009-09-09 09:00")
    found = {digest.officer: (digest.day, digest.sends_from) for digest in digests(house)}
    assert found == {
        "OU1-1": (date(2009, 9, 8), at("2009-09-09 08:30")),
        "OU1-2": (date(2009, 9, 9), at("2009-09-09 08:30")),
    }


def test_a_branch_without_an_officer_is_told_of_to_those_above(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    imported(house, registry_row(1, 5, officer=""), now=at("2009-09-07 09:00"))
    planned(house, "2009-09-09 09:00")
    assert told(house) == {("OU1-1", "U1-1", SURVEY)}
    planned(house, "2009-09-23 09:00")
    assert {officer for officer, branch, _ in told(house) if branch == "U1-5"} == {"G1", "C"}
    assert work_of(house, "U1-5", "survey").next_reminder_at == at("2009-09-27 08:30"), "it climbs all the same"


def test_where_there_is_nobody_to_tell_the_ladder_is_climbed_all_the_same(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1, officer=""), now=LAUNCH_DAY)
    launch(house, campaign_file(tmp_path), actor="test", now=LAUNCH_DAY)
    open_window(house, window_id(house, "mobilization/pilot"), now=LAUNCH_DAY)
    assert planned(house, "2009-09-09 09:00", "2010-05-17 09:00") == [0, 0]
    assert work_of(house, "U1-1", "survey").next_reminder_at is None


def test_a_rung_moved_by_the_operators_own_days_waits_for_its_new_day(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-09 08:30")
    calendars = house.settings.calendar_folder
    calendars.mkdir()
    (calendars / "CN.yaml").write_text("off: [2009-09-09]\nworking: [2009-09-12]\n")
    assert planned(house, "2009-09-09 09:00") == [0]
    assert work_of(house, "U1-1", "survey").next_reminder_at == at("2009-09-10 08:30")
    assert planned(house, "2009-09-10 09:00") == [1]


def test_the_number_of_statements_does_not_grow_with_the_branches(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=2)
    imported(house, *[registry_row(2, number) for number in range(1, 41)], now=at("2009-09-03 10:00"))
    for label in ("mobilization/pilot", "mobilization/main"):
        open_window(house, window_id(house, label), now=LAUNCH_DAY)
    few = statements(house, "2009-09-09 09:00")
    complete(house, CODE, [answer(f"U1-{number}", "survey", "2009-09-10 10:00") for number in (1, 2)])
    assert statements(house, "2009-09-16 09:00") == few
    assert len(digests(house)) == 42


def another_campaign(house: House, folder: Path) -> None:
    """A campaign called audit over the same branches and days, with its first window open."""
    launch(house, campaign_file(folder, CAMPAIGN.replace("code: trial", "code: audit")), actor="test", now=LAUNCH_DAY)
    open_window(house, window_id(house, "mobilization/pilot", "audit"), now=LAUNCH_DAY)


def settled(house: House, officer: str, day: str, status: NoticeStatus) -> None:
    """Let the delivery have dealt with the notice of a day."""
    notice = table_of(Notice)
    whose = select(Officer.id).where(Officer.code == officer).scalar_subquery()
    that = update(notice).where(notice.c.officer_id == whose, notice.c.day == date.fromisoformat(day))
    with transaction(house.engine) as session:
        session.execute(that.values(status=status))


def statements(house: House, instant: str) -> int:
    """How many statements it takes to plan."""
    with watched(house.engine) as seen:
        planned(house, instant)
    return len(seen)

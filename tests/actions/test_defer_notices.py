"""Deferring: what could not be sent in its window goes out in the next one, and nothing is dropped."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.complete import complete
from actions.defer_notices import MERGED, defer_notices, find_passed
from actions.house import House
from actions.launch import launch
from actions.open_window import open_window
from actions.plan_reminders import plan_reminders
from actions.requeue import requeue
from config.errors import Refusal
from config.vocabulary import NoticeStatus, Section
from flows.patrol import patrol
from models.database import connect, transaction
from models.dialects import table_of
from models.notice import Notice
from notifications.outbox.claim import Claim, Pace, claim
from notifications.outbox.queue import enqueue
from tests.dumps import dump
from tests.factories import CAMPAIGN, LAUNCH_DAY, a_house_at_work, answer, at, campaign_file
from tests.records import CAMPAIGN as CODE
from tests.records import Digest, Line, digests, window_id
from tests.statements import Statement, before_each

SURVEY, TRAINING = "mobilization/survey", "mobilization/training"


def planned(house: House, instant: str, campaign: str = CODE) -> None:
    plan_reminders(house, campaign, "mobilization", now=at(instant))


def deferred(house: House, now: datetime) -> int:
    """Defer as the patrol does, campaign by campaign; the number of notices that moved."""
    return sum(defer_notices(house, campaign, now=now) for campaign in find_passed(house, now))


def sent(house: House) -> None:
    """Let the delivery have sent everything."""
    with transaction(house.engine) as session:
        session.execute(update(table_of(Notice)).values(status=NoticeStatus.SENT))


def live(house: House, officer: str = "OU1-1") -> list[Digest]:
    return [digest for digest in digests(house, live=True) if digest.officer == officer]


def test_a_digest_whose_window_is_over_moves_to_the_next_with_its_lines(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    planned(house, "2009-09-18 09:00")
    before = dump(engine)
    assert deferred(house, now=at("2009-09-18 17:59")) == 0
    assert dump(engine) == before
    assert deferred(house, now=at("2009-09-18 18:00")) == 3
    assert {(digest.officer, digest.day, digest.sends_from) for digest in digests(house)} == {
        (officer, date(2009, 9, 21), at("2009-09-21 08:30")) for officer in ("OU1-1", "OU1-2", "G1")
    }, "a Friday's moves to Monday"
    assert [len(digest.lines) for digest in digests(house)] == [2, 1, 1]


def test_deferring_twice_at_one_instant_moves_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    planned(house, "2009-09-18 09:00")
    deferred(house, now=at("2009-09-22 09:00"))
    before = dump(engine)
    assert deferred(house, now=at("2009-09-22 09:00")) == 0
    assert dump(engine) == before


def test_inside_a_send_window_it_is_for_this_very_day(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-14 09:00")
    deferred(house, now=at("2009-09-15 11:00"))
    (digest,) = live(house)
    assert (digest.day, digest.sends_from) == (date(2009, 9, 15), at("2009-09-15 08:30"))


def test_what_was_sent_is_left_where_it_is(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-14 09:00")
    sent(house)
    before = dump(engine)
    assert deferred(house, now=at("2009-09-15 11:00")) == 0
    assert dump(engine) == before


def test_several_old_ones_become_one_with_the_newest_rung_of_each_work(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    for day in ("2009-09-14 09:00", "2009-09-15 09:00", "2009-09-21 09:00"):
        planned(house, day)
    assert deferred(house, now=at("2009-09-22 19:00")) == 4
    (digest,) = live(house)
    assert digest.day == date(2009, 9, 23)
    assert digest.lines == (Line(Section.OWN, "U1-1", SURVEY, 3), Line(Section.OWN, "U1-1", TRAINING, 0))
    cancelled = [digest for digest in digests(house) if digest.status is NoticeStatus.CANCELLED]
    assert {digest.reason for digest in cancelled} == {MERGED}


def test_its_lines_join_the_digest_that_is_there_for_the_new_day(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-14 09:00")
    complete(house, CODE, [answer("U1-1", "survey", "2009-09-14 10:00")])
    planned(house, "2009-09-21 09:00")
    deferred(house, now=at("2009-09-21 10:00"))
    (digest,) = live(house)
    assert (digest.day, digest.sends_from) == (date(2009, 9, 21), at("2009-09-21 08:30"))
    assert [line.work for line in digest.lines] == [SURVEY, TRAINING]


def test_where_the_new_day_has_had_its_digest_the_day_after_takes_it(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-15 09:00")
    sent(house)
    planned(house, "2009-09-16 09:00")
    with transaction(engine) as session:  # it was to be sent on the 14th
        notice = table_of(Notice)
        session.execute(
            update(notice)
            .where(notice.c.status == NoticeStatus.PLANNED)
            .values(day=date(2009, 9, 14), sends_from=at("2009-09-14 08:30"), sends_until=at("2009-09-14 18:00"))
        )
    deferred(house, now=at("2009-09-15 10:00"))
    assert [(digest.day, digest.status) for digest in live(house)] == [
        (date(2009, 9, 15), NoticeStatus.SENT),
        (date(2009, 9, 16), NoticeStatus.PLANNED),
    ]


def test_a_day_is_taken_by_a_digest_of_another_campaign_with_other_hours(engine: Engine, tmp_path: Path) -> None:
    morning = CAMPAIGN.replace("stages:\n", 'reminders: {window: {from: "08:30", to: "10:00"}}\nstages:\n', 1)
    evening = CAMPAIGN.replace("code: trial", "code: audit").replace(
        "stages:\n", 'reminders: {window: {from: "14:00", to: "18:00"}}\nstages:\n', 1
    )
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1, text=morning)
    launch(house, campaign_file(tmp_path, evening), actor="test", now=LAUNCH_DAY)
    open_window(house, window_id(house, "mobilization/pilot", "audit"), now=LAUNCH_DAY)
    planned(house, "2009-09-15 09:00")
    sent(house)
    planned(house, "2009-09-14 15:00", campaign="audit")
    deferred(house, now=at("2009-09-15 11:00"))
    assert [(digest.day, digest.sends_from) for digest in live(house)] == [
        (date(2009, 9, 15), at("2009-09-15 08:30")),
        (date(2009, 9, 16), at("2009-09-16 14:00")),
    ]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Honolulu"])
def test_the_day_of_a_deferred_digest_is_that_of_the_reader(engine: Engine, tmp_path: Path, zone: str) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE officer SET timezone = '{zone}'")
    planned(house, "2009-09-14 09:00")
    deferred(house, now=at("2009-09-14 18:00"))
    (digest,) = live(house)
    assert (digest.day, digest.sends_from) == (date(2009, 9, 14), at("2009-09-15 08:30"))


def test_a_digest_that_goes_again_by_hand_is_deferred_like_any_other(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-14 09:00")
    with transaction(engine) as session:
        session.execute(update(table_of(Notice)).values(status=NoticeStatus.DEAD))
    requeue(house, 1, actor="李", now=at("2009-09-14 19:00"))
    planned(house, "2009-09-15 19:00")
    deferred(house, now=at("2009-09-15 19:00"))
    (digest,) = live(house)
    assert digest.day == date(2009, 9, 16)
    assert digest.lines == (Line(Section.OWN, "U1-1", SURVEY, 2),)


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
@pytest.mark.parametrize(
    ("moment", "taken", "days"),
    [
        ("FOR NO KEY UPDATE", ["联络员OU1-1"], [(date(2009, 9, 15), 1), (date(2009, 9, 16), 1)]),
        ("SELECT notice.officer_id", [], [(date(2009, 9, 15), 2)]),
        ("UPDATE notice_line", [], [(date(2009, 9, 15), 2)]),
    ],
    ids=["before they are held", "before it is looked at", "before lines are moved"],
)
def test_no_line_joins_a_digest_that_a_delivery_has_taken(
    database: str, engine: Engine, tmp_path: Path, moment: str, taken: list[str], days: list[tuple[date, int]]
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    planned(house, "2009-09-14 09:00")
    launch(
        house,
        campaign_file(tmp_path, CAMPAIGN.replace("code: trial", "code: audit")),
        actor="test",
        now=LAUNCH_DAY,
    )
    open_window(house, window_id(house, "mobilization/pilot", "audit"), now=LAUNCH_DAY)
    planned(house, "2009-09-15 09:00", campaign="audit")
    now = at("2009-09-15 10:00")
    delivering = connect(database)
    with transaction(delivering) as session:
        enqueue(session, now)
    claims: list[Claim] = []

    def take(statement: Statement) -> None:
        if moment in statement.text and not claims:
            with transaction(delivering) as session:
                claims.append(claim(session, "a", now, limit=9, pace=Pace.TOGETHER))

    with before_each(engine, take):
        assert deferred(house, now=now) == 1
    delivering.dispose()
    (claimed,) = claims
    assert [parcel.message.to for parcel in claimed.parcels] == taken
    assert [(digest.day, len(digest.lines)) for digest in live(house)] == days


def test_a_campaign_whose_calendar_is_at_fault_does_not_hold_up_the_others(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    abroad = CAMPAIGN.replace("code: trial", "code: audit").replace("calendar: CN", "calendar: DE")
    launch(house, campaign_file(tmp_path, abroad), actor="test", now=LAUNCH_DAY)
    open_window(house, window_id(house, "mobilization/pilot", "audit"), now=LAUNCH_DAY)
    complete(house, CODE, [answer("U1-2", task, "2009-09-08 10:00") for task in ("survey", "training")])
    complete(house, "audit", [answer("U1-1", task, "2009-09-08 10:00") for task in ("survey", "training")])
    planned(house, "2009-09-14 09:00", campaign="audit")
    planned(house, "2009-09-14 09:00")
    house.settings.calendar_folder.mkdir()
    (house.settings.calendar_folder / "DE.yaml").write_text("nonsense: [")
    with pytest.raises(Refusal, match=r"DE\.yaml"):
        patrol(house, at("2009-09-15 10:00"))
    assert [digest.day for digest in live(house)] == [date(2009, 9, 15)]
    assert [digest.day for digest in live(house, "OU1-2")] == [date(2009, 9, 14)]

"""An extension is told: the old reminders fall, and the officers whose work moved get a message of its own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.cancel_untrue import cancel_untrue
from actions.complete import complete
from actions.defer_notices import defer_notices, find_passed
from actions.extend import Request, extend
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.waive import waive
from config.errors import Refusal
from config.vocabulary import DropReason, EventKind, NoticeKind, NoticeStatus, Section
from models.notice import Notice, NoticeLine
from tests.dumps import dump
from tests.factories import a_house_at_work, answer, at, imported, registry_row
from tests.records import CAMPAIGN, Digest, Line, digests, events_of, every, facts
from tests.statements import watched

MORNING, NOW = at("2009-09-14 09:00"), at("2009-09-14 10:00")
SURVEY, TRAINING = "mobilization/survey", "mobilization/training"


def reminded(engine: Engine, home: Path, *, branches: int = 1) -> House:
    """A house in which the officers of unit U1 are about to be reminded of their surveys, due today."""
    house = a_house_at_work(engine, home, units=1, branches=branches)
    plan_reminders(house, CAMPAIGN, "mobilization", now=MORNING)
    return house


def granted(house: House, day: int, *, now: str = "2009-09-14 10:00", **what: str) -> int:
    request = Request(date(2009, 9, day), "flood", **(what or {"branch": "U1-1", "task": "survey"}))
    return extend(house, CAMPAIGN, request, actor="李", now=at(now)).moved


def messages(house: House) -> list[Digest]:
    return digests(house, kind=NoticeKind.EXTENSION)


def test_an_extension_cancels_the_reminder_already_planned(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home", branches=2)
    granted(house, 18)
    extended, other = digests(house)
    assert (extended.status, extended.reason) == (NoticeStatus.CANCELLED, DropReason.EXTENDED)
    assert extended.lines == (Line(Section.OWN, "U1-1", SURVEY, 1, dropped=DropReason.EXTENDED),)
    assert (other.officer, other.status) == ("OU1-2", NoticeStatus.PLANNED)
    (event,) = events_of(house, EventKind.NOTICES_CANCELLED)
    assert (event.subject, event.actor, facts(event.after)) == (CAMPAIGN, "李", {"notices": 1})


def test_the_officer_is_told_of_the_new_date(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home", branches=2)
    granted(house, 18)
    (message,) = messages(house)
    assert (message.officer, message.day, message.status) == ("OU1-1", date(2009, 9, 14), NoticeStatus.PLANNED)
    assert (message.sends_from, message.sends_until) == (at("2009-09-14 08:30"), at("2009-09-14 18:00"))
    assert message.lines == (Line(Section.OWN, "U1-1", SURVEY, None),)
    (told,) = [line for line in every(house, NoticeLine) if line.rung is None]
    assert told.due_at == at("2009-09-19 00:00"), "the end of the last day"
    assert [notice.extension_id for notice in every(house, Notice) if notice.kind is NoticeKind.EXTENSION] == [1]


def test_what_is_left_of_a_digest_goes_out_without_the_work_that_moved(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    imported(house, registry_row(1, 2, officer="OU1-1"), now=at("2009-09-10 10:00"))
    plan_reminders(house, CAMPAIGN, "mobilization", now=MORNING)
    granted(house, 18)
    (digest,) = digests(house)
    assert digest.status is NoticeStatus.PLANNED
    assert [line.dropped for line in digest.lines] == [DropReason.EXTENDED, None]


def test_two_grants_on_one_day_are_two_messages(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    granted(house, 18)
    granted(house, 28, branch="U1-1", task="training")
    first, second = messages(house)
    assert (first.day, second.day) == (date(2009, 9, 14), date(2009, 9, 14))
    assert [line.work for message in (first, second) for line in message.lines] == [SURVEY, TRAINING]
    assert {first.status, second.status} == {NoticeStatus.PLANNED}


def test_a_units_extension_is_one_message_for_each_officer_whose_work_moved(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=3)
    imported(house, registry_row(1, 2, officer="OU1-1"), registry_row(1, 4, officer=""), now=at("2009-09-10 10:00"))
    complete(house, CAMPAIGN, [answer("U1-3", task, "2009-09-10 10:00") for task in ("survey", "training")])
    assert granted(house, 28, unit="U1") == 5, "of U1-4 the survey alone, which nobody answers for"
    (message,) = messages(house)
    assert message.officer == "OU1-1"
    assert [(line.branch, line.work) for line in message.lines] == [
        *(("U1-1", work) for work in (SURVEY, TRAINING)),
        *(("U1-2", work) for work in (SURVEY, TRAINING)),
    ]


def test_what_is_granted_again_or_to_no_avail_is_told_once(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    granted(house, 18)
    before = dump(engine)
    with pytest.raises(Refusal, match="no open deadline"):
        granted(house, 18)
    assert dump(engine) == before


def test_a_grant_for_a_stage_that_is_not_open_is_not_told(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    assert granted(house, 28, branch="U1-1", stage="study") == 0
    assert messages(house) == []


def test_granted_in_the_evening_it_is_told_in_the_morning(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    granted(house, 28, now="2009-09-18 19:00")
    (message,) = messages(house)
    assert (message.day, message.sends_from) == (date(2009, 9, 21), at("2009-09-21 08:30")), "Monday"


def done(house: House) -> None:
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-14 10:30")])


def waived(house: House) -> None:
    waive(house, CAMPAIGN, Named("U1-1", "survey"), reason="merged", actor="李", now=NOW)


def moved_again(house: House) -> None:
    granted(house, 22)


def reassigned(house: House) -> None:
    imported(house, registry_row(1, 1, officer="OTHER"), now=NOW)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(done, DropReason.DONE, id="done"),
        pytest.param(waived, DropReason.WAIVED, id="waived"),
        pytest.param(moved_again, DropReason.EXTENDED, id="moved again"),
        pytest.param(reassigned, DropReason.REASSIGNED, id="another officer"),
    ],
)
def test_an_extension_that_is_out_of_date_is_not_told(
    engine: Engine, tmp_path: Path, change: Callable[[House], None], reason: DropReason
) -> None:
    house = reminded(engine, tmp_path / "home")
    granted(house, 18)
    change(house)
    cancel_untrue(house, now=NOW)
    first, *_ = messages(house)
    assert (first.status, first.reason) == (NoticeStatus.CANCELLED, reason)


def test_messages_that_were_not_sent_are_deferred_each_by_itself(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    imported(house, registry_row(1, 2, officer="OU1-1"), now=at("2009-09-10 10:00"))
    plan_reminders(house, CAMPAIGN, "mobilization", now=MORNING)
    granted(house, 18)
    granted(house, 28, branch="U1-1", task="training")
    later = at("2009-09-15 09:00")
    assert find_passed(house, later) == [CAMPAIGN]
    assert defer_notices(house, CAMPAIGN, now=later) == 3
    assert [(found.day, found.status, len(found.lines)) for found in digests(house) + messages(house)] == [
        (date(2009, 9, 15), NoticeStatus.PLANNED, 2),
        (date(2009, 9, 15), NoticeStatus.PLANNED, 1),
        (date(2009, 9, 15), NoticeStatus.PLANNED, 1),
    ]


def test_a_digest_that_is_deferred_passes_over_messages_of_that_day(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    granted(house, 28, now="2009-09-15 09:00", branch="U1-1", task="training")
    defer_notices(house, CAMPAIGN, now=at("2009-09-15 10:00"))
    (digest,), (message,) = digests(house), messages(house)
    assert (digest.day, digest.status, [line.work for line in digest.lines]) == (
        date(2009, 9, 15),
        NoticeStatus.PLANNED,
        [SURVEY],
    )
    assert [line.work for line in message.lines] == [TRAINING]


def test_the_number_of_statements_does_not_grow_with_the_work_that_moves(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=40)
    imported(house, registry_row(2, 1), now=at("2009-09-10 10:00"))
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-21 09:00"))
    few = statements(house, 23, unit="U2", task="survey")
    assert statements(house, 23, unit="U1", task="survey") == few
    assert len(messages(house)) == 41


def statements(house: House, day: int, **what: str) -> int:
    """How many statements it takes to extend."""
    with watched(house.engine) as seen:
        granted(house, day, **what)
    return len(seen)

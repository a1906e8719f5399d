"""An officer whom no channel reaches is named to the coordinators above, once in 30 days, while it is still true."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.add_channel import Address, add_channel
from actions.add_officer import NewOfficer, add_officer
from actions.cancel_untrue import cancel_untrue
from actions.extend import Request, extend
from actions.house import House
from actions.reading.channels import read_channels
from actions.report_unreached import report_unreached
from actions.switch_channel import disable_channel
from config.vocabulary import DropReason, EventKind, NoticeStatus, OfficerRole, Section
from flows.patrol import patrol
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice
from tests.dumps import dump
from tests.factories import LAUNCH_DAY, a_house_at_work, at, imported, registry_row
from tests.records import CAMPAIGN as CODE
from tests.records import Digest, digests, events_of, facts
from tests.statements import Statement, before_each

NOW = at("2009-09-14 09:00")


def a_house_with_somebody_unreached(engine: Engine, home: Path) -> House:
    """A house with coordinators C and C1, in whose unit the branch of N is: N has no channel."""
    house = a_house_at_work(engine, home, branches=1)
    add_officer(
        house, NewOfficer("C1", "统筹", OfficerRole.COORDINATOR, "U1", "folder://C1"), actor="test", now=LAUNCH_DAY
    )
    imported(house, registry_row(1, 1, officer="N").replace("folder://N", ""), now=LAUNCH_DAY)
    return house


def named(house: House) -> dict[str, list[Digest]]:
    """The digests that name somebody, by whom they name."""
    found: dict[str, list[Digest]] = {}
    for digest in digests(house):
        for line in digest.lines:
            if line.work.endswith(" -"):
                assert line.section is Section.CHANNEL
                found.setdefault(line.work.removesuffix(" -"), []).append(digest)
    return found


def becomes(status: NoticeStatus, engine: Engine) -> None:
    """Let all that is planned end like this."""
    with transaction(engine) as session:
        notice = table_of(Notice)
        planned = update(notice).where(notice.c.status == NoticeStatus.PLANNED)
        session.execute(planned.values(status=status))


def readers(house: House) -> set[tuple[str, str]]:
    return {(whom, digest.officer) for whom, found in named(house).items() for digest in found}


def test_whoever_has_something_to_be_told_and_no_channel_is_named_to_the_coordinators_above(
    engine: Engine, tmp_path: Path
) -> None:
    house = a_house_with_somebody_unreached(engine, tmp_path / "home")
    patrol(house, NOW)
    assert readers(house) == {("N", "C"), ("N", "C1")}
    own = {digest.day for digest in digests(house) if digest.officer == "N"}
    assert {digest.day for digest in named(house)["N"]} <= own, "on the day on which N would be told"


@pytest.mark.parametrize("status", [NoticeStatus.PLANNED, NoticeStatus.DEAD])
def test_a_message_that_a_delivery_gave_up_between_two_patrols_counts(
    engine: Engine, tmp_path: Path, status: NoticeStatus
) -> None:
    house = a_house_with_somebody_unreached(engine, tmp_path / "home")
    request = Request(until=date(2009, 9, 28), reason="flood", branch="U1-1", task="survey")
    assert extend(house, CODE, request, actor="test", now=LAUNCH_DAY + timedelta(days=10)).told == 1
    becomes(status, engine)
    assert report_unreached(house, CODE, now=LAUNCH_DAY + timedelta(days=20)) == 0, "of a day that is over"
    assert report_unreached(house, CODE, now=LAUNCH_DAY + timedelta(days=10)) == 2
    assert readers(house) == {("N", "C"), ("N", "C1")}


def test_where_everybody_is_reached_or_nothing_is_to_be_told_nobody_is_named(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_somebody_unreached(engine, tmp_path / "home")
    add_officer(house, NewOfficer("X", "空", OfficerRole.LIAISON, None, None), actor="test", now=LAUNCH_DAY)
    add_channel(house, Address("N", "folder://N"), actor="test", now=LAUNCH_DAY)
    patrol(house, NOW)
    assert readers(house) == set()


def test_it_is_said_once_and_again_after_thirty_days(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_somebody_unreached(engine, tmp_path / "home")
    patrol(house, NOW)
    (event,) = [found for found in events_of(house, EventKind.NOTICES_PLANNED) if "unreached" in facts(found.after)]
    assert facts(event.after) == {"notices": 2, "unreached": 1}
    before = dump(engine)
    assert report_unreached(house, CODE, now=NOW) == 0
    assert dump(engine) == before
    becomes(NoticeStatus.SENT, engine)
    for days in range(1, 40):
        patrol(house, NOW + timedelta(days=days))
        becomes(NoticeStatus.SENT, engine)
    first, second = sorted(digest.day for digest in named(house)["N"] if digest.officer == "C")
    assert 30 <= (second - first).days < 40, "as soon as there is something to tell again"


def test_a_channel_added_before_the_send_takes_the_line_off(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_somebody_unreached(engine, tmp_path / "home")
    patrol(house, NOW)
    add_channel(house, Address("N", "folder://N"), actor="test", now=NOW)
    cancel_untrue(house, now=NOW)
    dropped = {line.dropped for found in named(house)["N"] for line in found.lines if line.work == "N -"}
    assert dropped == {DropReason.REACHABLE}


def test_whose_channels_were_just_given_up_is_not_told_of_twice(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_somebody_unreached(engine, tmp_path / "home")
    number = add_channel(house, Address("N", "folder://N"), actor="test", now=LAUNCH_DAY)
    assert [found.channel for found in read_channels(house, officer="N")] == [number]
    disable_channel(house, number, reason="left", actor="test", now=LAUNCH_DAY)
    patrol(house, NOW)
    assert ("N folder") in {line.work for digest in digests(house) for line in digest.lines}
    assert readers(house) == set()


def test_a_report_that_is_cut_off_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_somebody_unreached(engine, tmp_path / "home")
    with before_each(engine, die_at_the_lines), pytest.raises(KeyboardInterrupt):
        patrol(house, NOW)
    assert readers(house) == set()
    patrol(house, NOW)
    assert readers(house) == {("N", "C"), ("N", "C1")}


def die_at_the_lines(statement: Statement) -> None:
    if "INTO notice_line" in statement.text and "unreached_id" in statement.text:
        raise KeyboardInterrupt

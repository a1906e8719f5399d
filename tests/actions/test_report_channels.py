"""A channel that was given up is reported to the coordinators above, once, while it is still true."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.add_channel import Address, add_channel
from actions.add_officer import NewOfficer, add_officer
from actions.cancel_untrue import cancel_untrue
from actions.house import House
from actions.launch import launch
from actions.reading.channels import read_channels
from actions.report_channels import find_unreported, report_channels
from actions.switch_channel import disable_channel, enable_channel
from config.vocabulary import ChannelStatus, DropReason, EventKind, NoticeStatus, OfficerRole, Section
from flows.patrol import patrol
from models.database import transaction
from models.dialects import table_of
from models.officer import Channel
from tests.dumps import dump
from tests.factories import (
    CAMPAIGN,
    LAUNCH_DAY,
    a_house_at_work,
    a_registered_house,
    at,
    campaign_file,
    given_up,
    imported,
    registry_row,
)
from tests.records import CAMPAIGN as CODE
from tests.records import Line, digests, events_of, facts, told
from tests.statements import Statement, before_each

REFUSED, NOW = at("2009-09-07 09:00"), at("2009-09-07 10:00")


def a_house_with_coordinators(engine: Engine, home: Path) -> House:
    """A house with two units, each with a coordinator (C1, C2), and one for everything (C)."""
    house = a_house_at_work(engine, home, branches=1)
    for number in (1, 2):
        officer = NewOfficer(f"C{number}", "统筹", OfficerRole.COORDINATOR, f"U{number}", f"folder://C{number}")
        add_officer(house, officer, actor="test", now=LAUNCH_DAY)
    return house


@pytest.mark.parametrize(
    ("owner", "coordinators"),
    [
        pytest.param("OU1-1", {"C1", "C"}, id="a liaison officer's, to those over the branches"),
        pytest.param("BOTH", {"C1", "C2", "C"}, id="of branches in several units, to those over each"),
        pytest.param("G2", {"C2", "C"}, id="a group's, to those over its unit"),
        pytest.param("C1", {"C"}, id="a coordinator's, to the others"),
        pytest.param("C", set(), id="to nobody, where nobody is above"),
    ],
)
def test_a_channel_given_up_is_told_to_the_coordinators_above(
    engine: Engine, tmp_path: Path, owner: str, coordinators: set[str]
) -> None:
    house = a_house_with_coordinators(engine, tmp_path / "home")
    both = [registry_row(unit, 9, officer="BOTH") for unit in (1, 2)]
    imported(house, *both, now=LAUNCH_DAY)
    given_up(house, owner, "no such user", REFUSED)
    assert find_unreported(house) == [CODE]
    assert report_channels(house, CODE, now=NOW) == len(coordinators)
    assert told(house) == {(coordinator, None, f"{owner} folder") for coordinator in coordinators}
    assert {line.section for digest in digests(house) for line in digest.lines} <= {Section.CHANNEL}
    assert find_unreported(house) == [], "not looked for again, told or not"
    (event,) = events_of(house, EventKind.NOTICES_PLANNED)
    assert facts(event.after) == {"channels": 1, "notices": len(coordinators)}


def test_an_officers_last_channel_is_told_of_whoever_disabled_it(engine: Engine, tmp_path: Path) -> None:
    """Its owner gets no message any more, and mostly whoever disables one is no coordinator."""
    house = a_house_with_coordinators(engine, tmp_path / "home")
    spare = add_channel(house, Address("OU1-1", "folder://spare"), actor="chen", now=LAUNCH_DAY)
    (first, _) = read_channels(house, officer="OU1-1")
    disable_channel(house, first.channel, reason="moved", actor="chen", now=REFUSED)
    assert find_unreported(house) == [], "another is left"
    disable_channel(house, spare, reason="left", actor="chen", now=REFUSED)
    assert patrol(house, NOW).campaigns[0].notices == 2
    assert told(house) == {(coordinator, None, "OU1-1 folder") for coordinator in ("C1", "C")}
    assert patrol(house, NOW).campaigns[0].notices == 0
    enable_channel(house, spare, actor="chen", now=NOW)
    assert cancel_untrue(house, now=NOW) == {CODE: 2}


def test_a_channel_is_reported_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_coordinators(engine, tmp_path / "home")
    given_up(house, "OU1-1", "no such user", REFUSED)
    report_channels(house, CODE, now=NOW)
    before = dump(engine)
    assert report_channels(house, CODE, now=NOW) == 0
    assert dump(engine) == before


def test_a_report_that_is_cut_off_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_coordinators(engine, tmp_path / "home")
    given_up(house, "OU1-1", "no such user", REFUSED)
    before = dump(engine)
    with before_each(engine, die_at_the_lines), pytest.raises(KeyboardInterrupt):
        report_channels(house, CODE, now=NOW)
    assert dump(engine) == before
    assert report_channels(house, CODE, now=NOW) == 2


def die_at_the_lines(statement: Statement) -> None:
    if "INTO notice_line" in statement.text:
        raise KeyboardInterrupt


def test_of_several_campaigns_one_reports(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_coordinators(engine, tmp_path / "home")
    launch(house, campaign_file(tmp_path, CAMPAIGN.replace("code: trial", "code: audit")), actor="test", now=LAUNCH_DAY)
    given_up(house, "OU1-1", "no such user", REFUSED)
    assert find_unreported(house) == [CODE, "audit"]
    assert [report_channels(house, code, now=NOW) for code in find_unreported(house)] == [2, 0]


def test_where_no_campaign_runs_a_channel_waits_for_one(engine: Engine, tmp_path: Path) -> None:
    house = a_registered_house(engine, tmp_path / "home", branches=1)
    given_up(house, "OU1-1", "no such user", REFUSED)
    assert find_unreported(house) == []
    launch(house, campaign_file(tmp_path), actor="test", now=LAUNCH_DAY)
    assert find_unreported(house) == [CODE]


def test_a_patrol_reports_what_was_given_up_and_counts_the_notices(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_coordinators(engine, tmp_path / "home")
    given_up(house, "OU1-1", "no such user", REFUSED)
    (report,) = patrol(house, NOW).campaigns
    assert report.notices == 2
    (again,) = patrol(house, NOW).campaigns
    assert again.notices == 0


def test_a_channel_that_is_active_again_is_not_reported(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_coordinators(engine, tmp_path / "home")
    given_up(house, "OU1-1", "no such user", REFUSED)
    report_channels(house, CODE, now=NOW)
    assert cancel_untrue(house, now=NOW) == {}
    with transaction(engine) as session:
        session.execute(update(table_of(Channel)).values(status=ChannelStatus.ACTIVE))
    assert cancel_untrue(house, now=NOW) == {CODE: 2}
    assert {(digest.status, digest.reason) for digest in digests(house)} == {
        (NoticeStatus.CANCELLED, DropReason.REACHABLE)
    }
    assert digests(house)[0].lines == (Line(Section.CHANNEL, None, "OU1-1 folder", None, dropped=DropReason.REACHABLE),)

"""The patrol: all campaigns, each stage with something to do, one step further."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.house import House
from actions.launch import launch
from actions.reading.due_stages import StageCall
from actions.reading.standing import read_standing
from config.vocabulary import BlockerKind, CampaignStatus, EventKind, NoticeStatus, WindowStatus
from flows.delivery import delivery
from flows.patrol import patrol, run_here
from flows.report import CampaignReport, StageReport
from models.campaign import Campaign
from models.database import Busy, connect, exclusive
from models.mark import DayMark
from rules.gates import Blocker
from tests.databases import Databases
from tests.dumps import Dump, dump
from tests.factories import CAMPAIGN, LAUNCH_DAY, a_house_at_work, a_running_house, at, campaign_file
from tests.flows.plays import DILIGENT, every_day, played
from tests.records import CAMPAIGN as CODE
from tests.records import counters_of, digests, events_of, every, recounted

WHOLE_PLAY = [
    "09-07 mobilization/pilot opened",
    "09-14 mobilization/main opened",
    "09-25 mobilization/pilot closed",
    "09-27 study/pilot opened",
    "10-01 mobilization/main closed",
    "10-09 study/main opened",
    "10-30 study/pilot closed",
    "11-02 analysis/pilot opened",
    "11-05 study/main closed",
    "11-06 analysis/main opened",
    "11-14 analysis/pilot closed",
    "11-16 rectification/pilot opened",
    "11-20 analysis/main closed",
    "11-23 rectification/main opened",
    "11-28 rectification/pilot closed",
    "12-05 rectification/main closed",
]


def test_a_campaign_that_is_answered_goes_through_all_its_stages_alike_on_both_databases(
    databases: Databases, tmp_path: Path
) -> None:
    ends: list[Dump] = []
    for backend in ("sqlite", "postgres"):
        (folder := tmp_path / backend).mkdir()
        with databases.fresh(backend, folder) as url:
            engine = connect(url)
            house = a_running_house(engine, folder / "home", branches=2)
            assert played(house, every_day("2009-09-01", "2009-12-20"), DILIGENT, sending=True) == WHOLE_PLAY
            look_at_the_end(house)
            ends.append(dump(engine))
            engine.dispose()
    assert ends[0] == ends[1]


def look_at_the_end(house: House) -> None:
    (campaign,) = every(house, Campaign)
    assert (campaign.status, campaign.ended_at) == (CampaignStatus.ENDED, at("2009-12-05 08:30"))
    standing = read_standing(house, CODE, now=at("2009-12-20 08:30"))
    assert {window.status for window in standing.windows} == {WindowStatus.CLOSED}
    (late,) = [window.blockers for window in standing.windows if window.blockers]
    assert late == (Blocker(BlockerKind.SHARE_DONE, have=1, need=2),), "study of main closed without its gate"
    assert counters_of(house) == recounted(house)
    sent = Counter((digest.officer, digest.day) for digest in digests(house, live=True))
    assert set(sent.values()) == {1}
    assert {digest.status for digest in digests(house, live=True)} == {NoticeStatus.SENT}
    assert (house.home / "reports" / "trial-summary.md").exists()


def test_a_campaign_that_nobody_answers_is_held_and_says_why(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    assert played(house, every_day("2009-09-01", "2009-10-12"), {}, sending=False) == [
        "09-07 mobilization/pilot opened",
        "09-14 mobilization/main opened",
        "09-25 mobilization/pilot held",
        "10-01 mobilization/main held",
    ]
    pilot = read_standing(house, CODE, now=at("2009-10-12 08:30")).windows[0]
    assert pilot.blockers == (Blocker(BlockerKind.SHARE_DONE, have=0, need=4),)
    assert [event.subject for event in events_of(house, EventKind.WINDOW_HELD)] == [
        "mobilization/pilot",
        "mobilization/main",
    ]


SPREAD = [
    "2009-09-06 23:59",
    "2009-09-07 00:00",
    "2009-09-09 08:30",
    "2009-09-14 09:00",
    "2009-09-17 19:00",
    "2009-09-23 08:30",
    "2009-09-25 00:00",
    "2009-09-27 00:00",
    "2009-10-01 00:00",
    "2009-10-16 09:00",
    "2009-10-30 09:00",
    "2009-11-05 00:00",
    "2009-11-06 09:00",
    "2009-11-16 09:00",
    "2009-11-20 09:00",
    "2009-11-23 09:00",
    "2009-12-05 09:00",
    "2009-12-21 09:00",
]


def test_the_same_patrol_twice_at_one_instant_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    acts = dict(DILIGENT)
    for instant in map(at, SPREAD):
        due = {when: acts.pop(when) for when in sorted(acts) if when <= instant}
        played(house, [instant], due, sending=False)
        before = dump(engine)
        (again,) = patrol(house, instant).campaigns or [CampaignReport(CODE, (), (), (), 0, 0)]
        assert (again.opened, again.closed, again.notices, again.cancelled) == ((), (), 0, 0)
        assert dump(engine) == before, instant
    assert every(house, Campaign)[0].status is CampaignStatus.ENDED


@pytest.mark.parametrize("sending", [False, True], ids=["nothing was sent before", "all was sent before"])
def test_ten_days_left_out_give_each_person_at_most_one_message(engine: Engine, tmp_path: Path, sending: bool) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    played(house, every_day("2009-09-01", "2009-09-15"), {}, sending=sending)
    sent_before = [digest for digest in digests(house) if digest.status is NoticeStatus.SENT]
    (report,) = patrol(house, at("2009-09-25 09:00")).campaigns
    assert report.held == ("mobilization/pilot",)
    waiting = Counter(digest.officer for digest in digests(house) if digest.status is NoticeStatus.PLANNED)
    assert waiting == Counter(["C", "G1", "G2", "OU1-1", "OU1-2", "OU2-1", "OU2-2"])
    assert [digest for digest in digests(house) if digest.status is NoticeStatus.SENT] == sent_before


def test_an_outage_over_an_opening_and_a_close_is_made_up_for(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    (report,) = patrol(house, at("2009-10-12 09:00")).campaigns
    assert report.opened == ("mobilization/pilot", "mobilization/main")
    assert report.held == ("mobilization/pilot", "mobilization/main")
    assert report.notices == 4 + 2 + 1


def test_a_patrol_leaves_the_field_to_another(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    with exclusive(engine, "patrol"), pytest.raises(Busy, match="another patrol is at work"):
        patrol(house, at("2009-09-07 00:00"))
    assert dump(engine) == before
    patrol(house, at("2009-09-07 00:00"))


def test_a_patrol_runs_stages_in_the_way_it_is_given(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    calls: list[str] = []

    def elsewhere(house: House, call: StageCall, now: datetime) -> StageReport:
        calls.append(f"{call.campaign} {call.stage} {' '.join(call.waves)}")
        return run_here(house, call, now)

    report = patrol(house, at("2009-09-16 09:00"), elsewhere)
    assert calls == ["trial mobilization pilot main"]
    assert report.notices == 2


def test_a_patrol_goes_round_all_campaigns_that_run(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    launch(house, campaign_file(tmp_path, CAMPAIGN.replace("code: trial", "code: audit")), actor="test", now=LAUNCH_DAY)
    first = patrol(house, at("2009-09-07 09:00"))
    assert [(each.campaign, each.opened, each.notices) for each in first.campaigns] == [
        ("trial", ("mobilization/pilot",), 3),
        ("audit", ("mobilization/pilot",), 0),
    ]
    delivery(house, lambda: at("2009-09-07 09:00"))
    second = patrol(house, at("2009-09-09 09:00"))
    assert [(each.campaign, each.notices) for each in second.campaigns] == [("trial", 1), ("audit", 0)]
    digest = digests(house)[-1]
    assert (digest.officer, digest.day) == ("OU1-1", date(2009, 9, 9))
    assert len(digest.lines) == 2, "one person, one digest, whatever the campaign"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_patrol_notes_how_the_windows_stand_that_opened_before_it(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home")
    for when in ("2009-09-07 00:00", "2009-09-07 09:00", "2009-09-08 09:00"):
        patrol(house, at(when))
    assert sorted((mark.day, mark.total, mark.done) for mark in every(house, DayMark)) == [
        (date(2009, 9, 7), 6, 0),
        (date(2009, 9, 8), 6, 0),
    ]

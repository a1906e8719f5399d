"""Launching puts a definition to work, all of it or nothing."""

import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from actions.check import check_campaign
from actions.house import House
from actions.launch import Launched, launch
from config.errors import CampaignFileError, Refusal
from config.vocabulary import EventKind, StageKind, WindowStatus
from models.branch import Branch
from models.campaign import Campaign, Enrolment, Stage, Task, Wave
from models.database import snapshot
from models.queries import find_campaign, windows_of
from tests.dumps import dump
from tests.factories import (
    CAMPAIGN,
    LAUNCH_DAY,
    a_house,
    a_registered_house,
    a_running_house,
    at,
    campaign_file,
    imported,
    registry_row,
)
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, every, facts, rows


def by_wave(house: House) -> dict[str, list[tuple[str, date]]]:
    query = (
        select(Wave.code, Branch.code, Enrolment.joined_on)
        .join(Enrolment, col(Enrolment.wave_id) == Wave.id)
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .order_by(col(Wave.position), col(Branch.code))
    )
    found: dict[str, list[tuple[str, date]]] = {}
    for wave, branch, joined_on in rows(house, query):
        found.setdefault(wave, []).append((branch, joined_on))
    return found


def test_everybody_is_enrolled_in_a_wave_since_its_start(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=2)
    assert by_wave(house) == {
        "pilot": [("U1-1", date(2009, 9, 7)), ("U1-2", date(2009, 9, 7))],
        "main": [("U2-1", date(2009, 9, 14)), ("U2-2", date(2009, 9, 14))],
    }


def test_only_active_branches_take_part(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    idle = [
        registry_row(1, number, status=status) for number, status in enumerate(("prospect", "preparing", "dissolved"))
    ]
    imported(house, registry_row(1, 9), *idle, now=LAUNCH_DAY)
    assert launch(house, campaign_file(tmp_path), actor="test", now=LAUNCH_DAY).branches == 1


def test_a_wave_takes_its_units_with_all_below_them(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    township = "T1,镇,U1,township,T1-1,镇支部,9,30,OT,联络员,folder://OT,"
    imported(house, registry_row(1, 1), registry_row(2, 1), township, now=LAUNCH_DAY)
    launch(house, campaign_file(tmp_path, CAMPAIGN.replace("[U1]", "[第1区]")), actor="test", now=LAUNCH_DAY)
    assert {wave: [code for code, _ in there] for wave, there in by_wave(house).items()} == {
        "pilot": ["T1-1", "U1-1"],
        "main": ["U2-1"],
    }


def test_every_window_is_planned_on_the_days_that_the_calendar_gives(engine: Engine, tmp_path: Path) -> None:
    a_running_house(engine, tmp_path / "home", branches=1)
    with snapshot(engine) as session:
        places = windows_of(session, find_campaign(session, CODE))
    planned = [(place.label, str(place.window.first_day), str(place.window.last_day)) for place in places]
    assert planned == [
        ("mobilization/pilot", "2009-09-07", "2009-09-24"),
        ("mobilization/main", "2009-09-14", "2009-09-30"),  # Sunday 27 September is worked
        ("study/pilot", "2009-09-27", "2009-10-29"),  # 1 to 8 October are holidays, Saturday 10 October is worked
        ("study/main", "2009-10-09", "2009-11-04"),
        ("analysis/pilot", "2009-11-02", "2009-11-13"),
        ("analysis/main", "2009-11-06", "2009-11-19"),
        ("rectification/pilot", "2009-11-16", "2009-11-27"),
        ("rectification/main", "2009-11-23", "2009-12-04"),
    ]
    first = places[0].window
    assert (first.status, first.opens_at, first.closes_at) == (
        WindowStatus.PLANNED,
        at("2009-09-07 00:00"),
        at("2009-09-25 00:00"),
    )
    assert [bool(place.window.awaits_id) for place in places] == [False, False] + [True] * 6
    assert {place.stage.kind for place in places if place.window.check_at} == {StageKind.STUDY}


def test_stages_and_tasks_stand_in_the_order_of_the_file(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    query = (
        select(Stage.code, Task.code)
        .join(Task, col(Task.stage_id) == Stage.id)
        .order_by(col(Stage.position), col(Task.position))
    )
    assert [tuple(row) for row in rows(house, query)] == [
        ("mobilization", "survey"),
        ("mobilization", "training"),
        ("study", "lecture"),
        ("analysis", "findings"),
        ("rectification", "closing"),
    ]


def test_a_launch_says_what_it_did_and_records_it(engine: Engine, tmp_path: Path) -> None:
    house = a_registered_house(engine, tmp_path / "home")
    launched = launch(house, campaign_file(tmp_path), actor="李", now=LAUNCH_DAY)
    assert launched == Launched(CODE, branches=6, warnings=())
    (event,) = events_of(house, EventKind.CAMPAIGN_LAUNCHED)
    assert (event.actor, event.at, event.subject) == ("李", LAUNCH_DAY, CODE)
    assert facts(event.after) == {"branches": 6, "revision": 1}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_wave_counted_from_the_launch_is_placed_by_its_local_day(engine: Engine, tmp_path: Path) -> None:
    house = a_registered_house(engine, tmp_path / "home", branches=1)
    relative = CAMPAIGN.replace("starts: 2009-09-07", "starts: 2 workdays after launch").replace(
        "starts: 2009-09-14", "starts: launch"
    )
    launch(house, campaign_file(tmp_path, relative), actor="test", now=at("2009-09-02 00:30"))  # in UTC still the 1st
    assert by_wave(house) == {"pilot": [("U1-1", date(2009, 9, 4))], "main": [("U2-1", date(2009, 9, 2))]}
    assert "after launch" not in every(house, Campaign)[0].definition, "the copy has its own days"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_calendar_not_confirmed_that_far_is_a_warning_with_its_line(engine: Engine, tmp_path: Path) -> None:
    house = a_registered_house(engine, tmp_path / "home", branches=1)
    file = campaign_file(tmp_path, CAMPAIGN.replace("2009-09-", "2039-09-"))
    (warning,) = launch(house, file, actor="test", now=LAUNCH_DAY).warnings
    assert str(warning).startswith(f"{tmp_path / 'campaign.yaml'}:4: calendar: ")
    assert "confirmed through" in str(warning)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            CAMPAIGN.replace("units: [U1]", "units: [U1, 无此县]"),
            "campaign.yaml:6: waves[0].units[1]: unit 无此县: not in the registry",
            id="an unknown unit",
        ),
        pytest.param(
            CAMPAIGN.replace("5 workdays after open", "20 workdays after open"),
            'campaign.yaml:14: stages[0].tasks[0].due: "20 workdays after open" lands on',
            id="a deadline after the planned close",
        ),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_at_its_line_and_nothing_is_written(
    engine: Engine, tmp_path: Path, text: str, expected: str
) -> None:
    house = a_registered_house(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    for attempt in (
        lambda: check_campaign(house, campaign_file(tmp_path, text), now=LAUNCH_DAY),
        lambda: launch(house, campaign_file(tmp_path, text), actor="test", now=LAUNCH_DAY),
    ):
        with pytest.raises(CampaignFileError) as refused:
            attempt()
        assert str(refused.value).startswith(str(tmp_path))
        assert expected in str(refused.value)
        assert "\n" not in str(refused.value)
    assert dump(engine) == before


def test_a_code_that_is_taken_is_refused(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    with pytest.raises(Refusal, match="campaign trial: launched already"):
        launch(house, campaign_file(tmp_path), actor="test", now=LAUNCH_DAY)
    assert dump(engine) == before


def test_a_campaign_without_anybody_in_it_is_refused(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    everyone = CAMPAIGN.replace("  - {code: pilot, starts: 2009-09-07, units: [U1]}\n", "")
    before = dump(engine)
    with pytest.raises(Refusal, match="no active branch"):
        launch(house, campaign_file(tmp_path, everyone), actor="test", now=LAUNCH_DAY)
    assert dump(engine) == before


def test_two_campaigns_run_side_by_side(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    other = campaign_file(tmp_path, CAMPAIGN.replace("code: trial", "code: audit"))
    assert launch(house, other, actor="test", now=LAUNCH_DAY).branches == 2
    assert len(every(house, Enrolment)) == 4


def test_a_plan_warns_of_officers_whom_no_channel_reaches(engine: Engine, tmp_path: Path) -> None:
    house = a_registered_house(engine, tmp_path / "home", branches=2)
    assert check_campaign(house, campaign_file(tmp_path), now=LAUNCH_DAY).warnings == ()
    added = (registry_row(1, 3), registry_row(1, 4), registry_row(2, 3, officer="idle", status="dissolved"))
    silent = (re.sub("folder://[^,]*", "", row) for row in added)
    imported(house, *silent, now=LAUNCH_DAY)
    (warning,) = check_campaign(house, campaign_file(tmp_path), now=LAUNCH_DAY).warnings
    assert str(warning.message) == (
        "no active channel reaches 2 of 6 officers of branches: without one they are told nothing"
    )
    assert launch(house, campaign_file(tmp_path), actor="test", now=LAUNCH_DAY).warnings == (warning,)

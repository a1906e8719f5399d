"""Importing a registry: all of it or nothing, and what it means for campaigns that run."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from actions.close_window import close_window
from actions.complete import complete
from actions.import_registry import Imported, import_registry
from actions.launch import launch
from actions.open_window import open_window
from actions.override_gate import override_gate
from actions.registry.reading import read_file
from config.vocabulary import BranchStatus, EventKind, OfficerRole
from models.branch import Branch
from models.campaign import Enrolment, Wave
from models.officer import Channel, Officer
from models.unit import Unit
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
    registry_rows,
)
from tests.records import CAMPAIGN as CODE
from tests.records import (
    branch_of,
    counters_of,
    events_of,
    every,
    facts,
    recounted,
    rows,
    window_id,
    work_of,
)

NOW = at("2009-09-16 10:00")


def test_a_registry_becomes_units_branches_officers_and_channels(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    assert imported(house, *registry_rows(2, 2)[1:], now=LAUNCH_DAY) == Imported(4, 0, 0, 0, 0, ())
    assert {unit.code: unit.path for unit in every(house, Unit)} == {"R": "/R/", "U1": "/R/U1/", "U2": "/R/U2/"}
    branch = branch_of(house, "U1-2")
    assert (branch.name, branch.members, branch.employees) == ("企业U1-2支部", 12, 100)
    assert branch.status is BranchStatus.ACTIVE
    officers = {officer.id: officer for officer in every(house, Officer)}
    officer = officers[branch.officer_id]
    assert (officer.code, officer.role, officer.timezone) == ("OU1-2", OfficerRole.LIAISON, "Asia/Shanghai")
    (event,) = events_of(house, EventKind.REGISTRY_IMPORTED)
    assert facts(event.after) == {"changed": 0, "joined": 0, "new": 4}


def test_an_address_is_stored_sealed_and_stands_in_no_event(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), now=LAUNCH_DAY)
    (channel,) = every(house, Channel)
    assert channel.service == "folder"
    assert house.seal.open(channel.address) == "folder://OU1-1"
    told = [str(value) for table, found in dump(engine).items() for row in found for _, value in row]
    assert not [text for text in told if "folder://" in text]


def test_the_same_file_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    before = dump(engine)
    assert imported(house, *registry_rows(2, 2)[1:], now=NOW) == Imported(0, 0, 0, 0, 4, ())
    assert dump(engine) == before


def test_what_a_row_says_differently_is_changed_and_what_it_leaves_blank_stays(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), registry_row(1, 2), now=LAUNCH_DAY)
    renamed = registry_row(1, 1, officer="").replace("企业U1-1支部,11", "更名支部,0")
    assert imported(house, renamed, registry_row(1, 2), now=NOW) == Imported(0, 1, 0, 0, 1, ())
    branch = branch_of(house, "U1-1")
    assert (branch.name, branch.members) == ("更名支部", 0)
    assert branch.officer_id is not None


def test_a_branch_keeps_its_kind_and_its_state_where_the_file_says_neither(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1, status="dissolved"), now=LAUNCH_DAY)
    assert imported(house, registry_row(1, 1, status=""), now=NOW) == Imported(0, 0, 0, 0, 1, ())
    assert branch_of(house, "U1-1").status is BranchStatus.DISSOLVED


def test_a_second_address_of_an_officer_is_tried_after_the_first(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), now=LAUNCH_DAY)
    more = registry_row(1, 1).replace("folder://OU1-1", "log://")
    imported(house, more, now=NOW)
    assert [(channel.service, channel.rank) for channel in every(house, Channel)] == [("folder", 0), ("log", 1)]


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        pytest.param(
            registry_row(2, 1).replace("100,", "viele,"), (4, "employees", "viele"), id="a count that is none"
        ),
        pytest.param(
            registry_row(2, 1).replace("联络员OU2-1", ""), (4, "officer_code", "OU2-1"), id="an officer without a name"
        ),
        pytest.param(
            registry_row(2, 1).replace("folder://OU2-1", "carrier-pigeon://coop"),
            (4, "channel", "carrier-pigeon://…"),
            id="a service that there is not, its address hidden",
        ),
    ],
)
def test_with_one_row_rejected_nothing_is_written(
    engine: Engine, tmp_path: Path, bad: str, expected: tuple[int, str, str]
) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), now=LAUNCH_DAY)
    before = dump(engine)
    tried = imported(house, registry_row(1, 2), bad, now=NOW)
    (rejection,) = tried.rejected
    assert (rejection.line, rejection.column, rejection.value) == expected
    assert tried.new in (1, 2), "what would have been"
    assert dump(engine) == before


def test_a_unit_that_moves_takes_its_subtree_along(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    township = "T1,镇,U1,township,T1-1,镇支部,9,30,OT,联络员,folder://OT,"
    imported(house, registry_row(1, 1), registry_row(2, 1), township, now=LAUNCH_DAY)
    imported(house, registry_row(1, 1).replace(",R,", ",U2,"), registry_row(2, 1), now=NOW)
    assert {unit.code: unit.path for unit in every(house, Unit)} == {
        "R": "/R/",
        "U2": "/R/U2/",
        "U1": "/R/U2/U1/",
        "T1": "/R/U2/U1/T1/",
    }


def test_a_circle_of_units_made_by_two_files_is_rejected(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    township = "T1,镇,U1,township,T1-1,镇支部,9,30,OT,联络员,folder://OT,"
    imported(house, registry_row(1, 1), township, now=LAUNCH_DAY)
    before = dump(engine)
    tried = imported(house, registry_row(1, 1).replace(",R,", ",T1,"), now=NOW)
    assert [(rejection.line, rejection.column, rejection.value) for rejection in tried.rejected] == [
        (3, "parent_code", "T1")
    ]
    assert dump(engine) == before


BAD = registry_row(1, 8).replace(",18,", ",x,")


def test_rejected_rows_are_skipped_when_told_so(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    taken = imported(house, registry_row(1, 1), BAD, registry_row(2, 1), now=LAUNCH_DAY, skip_rejected=True)
    assert (taken.new, taken.skipped, taken.is_hindered) == (2, 1, False)
    assert [(cell.line, cell.column) for cell in taken.rejected] == [(4, "members")]
    assert {branch.code for branch in every(house, Branch)} == {"U1-1", "U2-1"}
    assert "OU1-8" not in {officer.code for officer in every(house, Officer)}, (
        "of a row that was skipped nothing is taken"
    )
    (event,) = events_of(house, EventKind.REGISTRY_IMPORTED)
    assert facts(event.after) == {"changed": 0, "joined": 0, "new": 2, "skipped": 1}


def test_a_row_that_needs_a_skipped_one_is_skipped_with_it(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    naming = registry_row(1, 1, officer="A").replace("folder://A", "carrier-pigeon://A")
    relying = registry_row(1, 2, officer="A").replace("联络员A,folder://A", ",")
    taken = imported(house, naming, relying, registry_row(1, 3), now=LAUNCH_DAY, skip_rejected=True)
    assert (taken.new, taken.skipped) == (1, 2)
    assert [(cell.line, cell.column) for cell in taken.rejected] == [(3, "channel"), (4, "officer_code")]
    assert {officer.code for officer in every(house, Officer)} == {"OU1-3"}


def test_a_circle_of_units_is_not_skipped(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    imported(house, registry_row(1, 1), "T1,镇,U1,township,T1-1,镇支部,9,30,OT,联络员,folder://OT,", now=LAUNCH_DAY)
    before = dump(engine)
    circle = registry_row(1, 1).replace(",R,", ",T1,")
    assert imported(house, circle, registry_row(2, 1), now=NOW, skip_rejected=True).is_hindered
    assert dump(engine) == before


def test_a_newcomer_joins_its_wave_and_counts_from_the_day_it_joined(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    imported(house, registry_row(1, 7), registry_row(2, 7), now=NOW)
    query = (
        select(Branch.code, Wave.code, Enrolment.joined_on)
        .join(Enrolment, col(Enrolment.branch_id) == Branch.id)
        .join(Wave, col(Wave.id) == Enrolment.wave_id)
        .where(col(Branch.code).endswith("-7"))
        .order_by(col(Branch.code))
    )
    joined = [tuple(row) for row in rows(house, query)]
    assert joined == [("U1-7", "pilot", date(2009, 9, 16)), ("U2-7", "main", date(2009, 9, 16))]
    survey = work_of(house, "U1-7", "survey")
    assert survey.due_at == at("2009-09-24 00:00"), "5 working days after Wednesday 16 September"
    assert survey.next_reminder_at == at("2009-09-18 08:30")
    assert work_of(house, "U1-7", "training").due_at == at("2009-10-11 00:00"), "14 working days, over the holidays"
    assert counters_of(house) == recounted(house)
    (event,) = events_of(house, EventKind.BRANCHES_ENROLLED)
    assert facts(event.after) == {"branches": 2}


def test_windows_that_are_closed_ask_nothing_of_newcomers(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    override_gate(house, CODE, "mobilization/pilot", reason="flood", actor="李", now=NOW)
    close_window(house, window_id(house, "mobilization/pilot"), now=at("2009-09-25 00:00"))
    open_window(house, window_id(house, "study/pilot"), now=at("2009-09-27 00:00"))
    before = len(recounted(house))
    imported(house, registry_row(1, 7), now=at("2009-09-28 10:00"))
    assert work_of(house, "U1-7", "lecture").due_at == at("2009-10-24 00:00")
    assert len(recounted(house)) == before + 1
    assert counters_of(house) == recounted(house)


def test_a_branch_that_becomes_active_joins_then(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    imported(house, registry_row(1, 7, status="preparing"), now=at("2009-09-14 10:00"))
    assert len(every(house, Enrolment)) == 2
    imported(house, registry_row(1, 7), now=NOW)
    assert work_of(house, "U1-7", "survey").due_at == at("2009-09-24 00:00")


def test_a_branch_that_is_active_again_gets_what_it_missed(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    imported(house, registry_row(1, 1, status="dissolved"), now=at("2009-09-03 10:00"))
    open_window(house, window_id(house, "mobilization/pilot"), now=at("2009-09-07 00:00"))
    imported(house, registry_row(1, 1), now=NOW)
    assert work_of(house, "U1-1", "survey").due_at == at("2009-09-24 00:00")
    assert counters_of(house) == recounted(house)


def test_a_branch_that_is_active_again_keeps_what_it_had(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    complete(house, CODE, [answer("U1-1", "survey")])
    before = [work_of(house, "U1-1", task) for task in ("survey", "training")]
    for status in ("dissolved", "active"):
        imported(house, registry_row(1, 1, status=status), now=NOW)
    survey, training = (work_of(house, "U1-1", task) for task in ("survey", "training"))
    assert survey == before[0]
    assert (training.id, training.due_at) == (before[1].id, at("2009-10-11 00:00")), "counted from its return"
    assert counters_of(house) == recounted(house)


def test_a_unit_keeps_its_wave_under_another_name(engine: Engine, tmp_path: Path) -> None:
    text = CAMPAIGN.replace("units: [U1]", "units: [第1区]")
    house = a_running_house(engine, tmp_path / "home", branches=1, text=text)
    imported(house, registry_row(1, 1).replace("第1区", "新1区"), registry_row(1, 7).replace("第1区", "新1区"), now=NOW)
    waves = select(Wave.code).join(Enrolment).join(Branch, col(Branch.id) == Enrolment.branch_id)
    (wave,) = rows(house, waves.where(col(Branch.code) == "U1-7"))
    assert wave == ("pilot",)


def test_newcomers_join_every_campaign_that_runs(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    other = campaign_file(tmp_path, CAMPAIGN.replace("code: trial", "code: audit"))
    launch(house, other, actor="test", now=LAUNCH_DAY)
    imported(house, registry_row(1, 7), now=NOW)
    assert len(every(house, Enrolment)) == 6
    assert [event.subject for event in events_of(house, EventKind.BRANCHES_ENROLLED)] == [CODE, "audit"]


def test_nobody_joins_a_campaign_that_has_ended(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE campaign SET status = 'ended'")
    imported(house, registry_row(1, 7), now=NOW)
    assert len(every(house, Enrolment)) == 2


def test_a_file_in_gb18030_is_read_like_any_other(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    assert imported(house, registry_row(1, 1), now=LAUNCH_DAY).new == 1
    before = dump(engine)
    file = house.home / "registry.csv"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    assert import_registry(house, read_file(house, file), actor="test", now=NOW) == Imported(0, 0, 0, 0, 1, ())
    assert dump(engine) == before


def test_a_leaders_number_is_sealed_compared_as_written_and_in_no_event(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")

    def take(phone: str) -> Imported:
        file = tmp_path / "registry.csv"
        head = "unit_code,unit_name,parent_code,level,branch_code,branch_name,members,employees,leader,phone"
        file.write_text(f"{head}\nU1,区,,county,B1,支部,3,9,王五,{phone}\n", encoding="utf-8")
        return import_registry(house, read_file(house, file), actor="test", now=LAUNCH_DAY)

    assert take("0312 555 0101").new == 1
    (branch,) = every(house, Branch)
    assert "555" not in (branch.phone or "")
    assert house.seal.open(branch.phone or "") == "0312 555 0101"
    assert (take("0312 555 0101").unchanged, take("").unchanged, take("0312 555 0202").changed) == (1, 1, 1)
    assert not [event for event in events_of(house) if "555" in f"{event.before}{event.after}"]
    (changed,) = events_of(house, EventKind.BRANCH_CHANGED)
    assert (facts(changed.before), facts(changed.after)) == ({"phone": "…"}, {"phone": "…"})

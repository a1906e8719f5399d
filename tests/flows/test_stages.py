"""The sequences of the stages: each an idempotent step that does what its kind of stage asks for."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.complete import complete
from actions.house import House
from actions.reading.due_stages import StageCall
from config.vocabulary import EventKind, StageKind, WindowStatus
from flows.patrol import STAGE_FLOWS
from flows.report import StageReport
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_running_house, answer, at, imported, registry_row
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, window_of

PILOT = "first/pilot"


def a_house_that_begins_with(kind: StageKind, engine: Engine, home: Path) -> House:
    """A running house whose first stage is of a kind; the gate asks for all of its work."""
    text = CAMPAIGN.replace("code: mobilization", f"code: first\n    kind: {kind}").replace(
        "after mobilization", "after first"
    )
    return a_running_house(
        engine, home, units=1, branches=2, text=text.replace("gate: {done: 95%}", "gate: {done: 100%}")
    )


def stepped(house: House, kind: StageKind, *instants: str) -> list[StageReport]:
    """Take the first stage one step further at each of these instants."""
    call = StageCall(CODE, "first", kind, ("pilot", "main"))
    return [STAGE_FLOWS[kind](house, call, at(instant)) for instant in instants]


def answered(house: House) -> None:
    tasks = [(branch, task) for branch in ("U1-1", "U1-2") for task in ("survey", "training")]
    complete(house, CODE, [answer(branch, task, "2009-09-10 10:00") for branch, task in tasks])


@pytest.mark.parametrize("kind", StageKind)
def test_a_stage_opens_chases_and_holds_what_is_not_done(engine: Engine, tmp_path: Path, kind: StageKind) -> None:
    house = a_house_that_begins_with(kind, engine, tmp_path / "home")
    reports = stepped(house, kind, "2009-09-06 23:59", "2009-09-07 00:00", "2009-09-09 08:30", "2009-09-25 00:00")
    assert reports == [
        StageReport(),
        StageReport(opened=(PILOT,), notices=4),
        StageReport(notices=2),
        StageReport(opened=("first/main",), held=(PILOT,), notices=4),
    ], "a patrol left out is made up for"
    assert window_of(house, PILOT).status is WindowStatus.HELD


@pytest.mark.parametrize("kind", StageKind)
def test_a_step_repeated_at_one_instant_changes_nothing(engine: Engine, tmp_path: Path, kind: StageKind) -> None:
    house = a_house_that_begins_with(kind, engine, tmp_path / "home")
    for instant in ("2009-09-10 09:00", "2009-09-15 00:00", "2009-09-17 09:00", "2009-09-25 00:00"):
        stepped(house, kind, instant)
        before = dump(engine)
        again = stepped(house, kind, instant)
        assert again == [StageReport(held=again[0].held)]
        assert dump(engine) == before


@pytest.mark.parametrize("kind", [StageKind.MOBILIZATION, StageKind.STUDY, StageKind.PLAIN, StageKind.RECTIFICATION])
def test_a_stage_whose_work_is_done_closes(engine: Engine, tmp_path: Path, kind: StageKind) -> None:
    house = a_house_that_begins_with(kind, engine, tmp_path / "home")
    stepped(house, kind, "2009-09-07 00:00")
    answered(house)
    assert stepped(house, kind, "2009-09-24 23:59") == [StageReport(opened=("first/main",))]
    assert stepped(house, kind, "2009-09-25 00:00") == [StageReport(closed=(PILOT,))]


def test_mobilization_is_held_while_a_branch_has_nobody_in_reach(engine: Engine, tmp_path: Path) -> None:
    house = a_house_that_begins_with(StageKind.MOBILIZATION, engine, tmp_path / "home")
    stepped(house, StageKind.MOBILIZATION, "2009-09-07 00:00")
    answered(house)
    imported(house, registry_row(1, 3, officer=""), now=at("2009-09-08 10:00"))
    complete(house, CODE, [answer("U1-3", task, "2009-09-10 10:00") for task in ("survey", "training")])
    assert stepped(house, StageKind.MOBILIZATION, "2009-09-25 00:00")[0].held == (PILOT,)
    imported(house, registry_row(1, 3), now=at("2009-09-25 10:00"))
    assert stepped(house, StageKind.MOBILIZATION, "2009-09-25 11:00")[0].closed == (PILOT,)


def test_study_is_held_against_its_pace_in_the_middle(engine: Engine, tmp_path: Path) -> None:
    house = a_house_that_begins_with(StageKind.STUDY, engine, tmp_path / "home")
    stepped(house, StageKind.STUDY, "2009-09-07 00:00", "2009-09-14 23:59")
    assert events_of(house, EventKind.PACE_CHECKED) == []
    stepped(house, StageKind.STUDY, "2009-09-15 00:00", "2009-09-16 00:00")
    (event,) = events_of(house, EventKind.PACE_CHECKED)
    assert (event.subject, event.at) == (PILOT, at("2009-09-15 00:00"))


@pytest.mark.parametrize("kind", [StageKind.STUDY, StageKind.RECTIFICATION])
def test_closing_a_rectification_writes_the_summary(engine: Engine, tmp_path: Path, kind: StageKind) -> None:
    house = a_house_that_begins_with(kind, engine, tmp_path / "home")
    stepped(house, kind, "2009-09-07 00:00")
    answered(house)
    stepped(house, kind, "2009-09-24 23:59")
    report = house.home / "reports" / "trial-summary.md"
    assert not report.exists()
    stepped(house, kind, "2009-09-25 00:00")
    assert report.exists() == (kind is StageKind.RECTIFICATION)


def test_a_step_for_one_wave_leaves_the_others_alone(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    call = StageCall(CODE, "mobilization", StageKind.MOBILIZATION, ("main",))
    report = STAGE_FLOWS[call.kind](house, call, at("2009-09-14 00:00"))
    assert report.opened == ("mobilization/main",)
    assert window_of(house, "mobilization/pilot").status is WindowStatus.PLANNED

"""What a patrol finds to do."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.complete import complete
from actions.house import House
from actions.reading.due_stages import StageCall, find_work
from actions.reading.open_stages import find_open_stages
from config.vocabulary import StageKind
from tests.factories import CAMPAIGN, a_house, a_house_at_work, a_running_house, answer, at
from tests.records import CAMPAIGN as CODE

STUDY_FIRST = CAMPAIGN.replace("code: mobilization", "code: rally\n    kind: study").replace(
    "after mobilization", "after rally"
)


def found(house: House, instant: str) -> list[tuple[str, tuple[str, ...]]]:
    """The stages to be called, with their waves."""
    return [(call.stage, call.waves) for call in find_work(house, now=at(instant))[CODE]]


def test_a_campaign_that_runs_is_looked_at_even_when_there_is_nothing_to_do(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    assert find_work(house, now=at("2009-09-06 23:59")) == {CODE: ()}


def test_where_nothing_runs_there_is_nothing_to_do(engine: Engine, tmp_path: Path) -> None:
    assert find_work(a_house(engine, tmp_path / "home"), now=at("2009-09-06 23:59")) == {}


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        pytest.param("2009-09-07 00:00", [("mobilization", ("pilot",))], id="a window to open"),
        pytest.param("2009-09-14 00:00", [("mobilization", ("pilot", "main"))], id="two of them"),
        pytest.param(
            "2009-12-31 00:00", [("mobilization", ("pilot", "main"))], id="what awaits another stage has no day yet"
        ),
    ],
)
def test_windows_are_opened_when_their_day_has_come(
    engine: Engine, tmp_path: Path, instant: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    assert found(house, instant) == expected


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        pytest.param("2009-09-09 08:29", [], id="nothing"),
        pytest.param("2009-09-09 08:30", [("rally", ("pilot", "main"))], id="a reminder"),
        pytest.param("2009-09-25 00:00", [("rally", ("pilot", "main"))], id="a gate to try"),
    ],
)
def test_stages_are_called_for_reminders_and_gates(
    engine: Engine, tmp_path: Path, instant: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=STUDY_FIRST)
    assert found(house, instant) == expected


def test_what_is_done_calls_nobody_but_for_the_check_and_the_gate(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=STUDY_FIRST)
    complete(house, CODE, [answer(b, t, "2009-09-14 10:00") for b in ("U1-1", "U2-1") for t in ("survey", "training")])
    assert found(house, "2009-09-14 23:59") == []
    assert found(house, "2009-09-15 00:00") == [("rally", ("pilot",))], "its pace is checked"
    assert found(house, "2009-10-01 00:00") == [("rally", ("pilot", "main"))]


def test_a_gate_is_tried_from_the_very_instant_of_its_planned_close(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    complete(house, CODE, [answer("U1-1", task, "2009-09-14 10:00") for task in ("survey", "training")])
    assert found(house, "2009-09-24 23:59") == []
    assert found(house, "2009-09-25 00:00") == [("mobilization", ("pilot",))]


def test_a_problem_is_chased_though_its_stage_has_not_opened_yet(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    early = Finding("U1-1", "no library", at("2009-09-02 10:00"), "OU1-1", due=date(2009, 9, 4))
    add_problems(house, CODE, [early])
    assert found(house, "2009-09-04 08:29") == []
    assert found(house, "2009-09-04 08:30") == [("rectification", ("pilot", "main"))]


def test_open_stages_are_listed_whether_or_not_anything_is_due(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    assert find_open_stages(house) == (StageCall(CODE, "mobilization", StageKind.MOBILIZATION, ("pilot", "main")),)

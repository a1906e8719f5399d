"""Approving a gate, and overriding it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.approve_gate import approve_gate
from actions.close_window import close_window
from actions.house import House
from actions.override_gate import override_gate
from config.errors import Refusal
from config.vocabulary import EventKind
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, a_running_house, at
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, window_id, window_of

NOW = at("2009-09-15 10:00")
LATER = at("2009-09-16 10:00")
APPROVED = CAMPAIGN.replace("gate: {done: 95%}", "gate: {done: 95%, approval: true}")
Decide = Callable[[House, str], bool]


def approve(house: House, window: str) -> bool:
    return approve_gate(house, CODE, window, actor="李", now=NOW)


def override(house: House, window: str) -> bool:
    return override_gate(house, CODE, window, reason="the flood", actor="李", now=NOW)


def test_an_approval_is_on_record_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=APPROVED)
    assert approve(house, "mobilization/pilot")
    window = window_of(house, "mobilization/pilot")
    assert (window.approved_at, window.approved_by) == (NOW, "李")
    assert window_of(house, "mobilization/main").approved_at is None
    (event,) = events_of(house, EventKind.GATE_APPROVED)
    assert (event.subject, event.actor, event.at) == ("mobilization/pilot", "李", NOW)
    before = dump(engine)
    assert not approve_gate(house, CODE, "mobilization/pilot", actor="王", now=LATER)
    assert dump(engine) == before


def test_an_override_is_on_record_once_with_its_reason(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    assert override(house, "mobilization/pilot")
    window = window_of(house, "mobilization/pilot")
    assert (window.overridden_at, window.overridden_by, window.override_reason) == (NOW, "李", "the flood")
    (event,) = events_of(house, EventKind.GATE_OVERRIDDEN)
    assert (event.subject, event.actor, event.reason) == ("mobilization/pilot", "李", "the flood")
    before = dump(engine)
    assert not override_gate(house, CODE, "mobilization/pilot", reason="another", actor="王", now=LATER)
    assert dump(engine) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("decide", "window", "expected"),
    [
        pytest.param(approve, "mobilization/pilot", "gate mobilization/pilot: asks for no approval", id="not asked"),
        pytest.param(override, "dance/pilot", "stage dance: not in campaign trial", id="unknown stage"),
        pytest.param(
            override,
            "mobilization/third",
            "window mobilization/third: there is none; there are: mobilization/pilot, mobilization/main",
            id="unknown wave",
        ),
        pytest.param(override, "mobilization", "say which of", id="no wave where there are two"),
        pytest.param(override, "study/pilot", "gate study/pilot: the window is not open yet", id="not open yet"),
    ],
)
def test_a_gate_that_cannot_be_decided_is_refused(
    engine: Engine, tmp_path: Path, decide: Decide, window: str, expected: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    before = dump(engine)
    with pytest.raises(Refusal, match=expected):
        decide(house, window)
    assert dump(engine) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("decide", [approve, override])
def test_nothing_is_decided_on_a_window_that_is_closed(engine: Engine, tmp_path: Path, decide: Decide) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=APPROVED)
    override(house, "mobilization/pilot")
    close_window(house, window_id(house, "mobilization/pilot"), now=at("2009-09-25 00:00"))
    with pytest.raises(Refusal, match="gate mobilization/pilot: the window is closed already"):
        decide(house, "mobilization/pilot")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_where_there_is_one_wave_the_stage_is_name_enough(engine: Engine, tmp_path: Path) -> None:
    alone = CAMPAIGN.replace("  - {code: pilot, starts: 2009-09-07, units: [U1]}\n", "")
    house = a_running_house(engine, tmp_path / "home", branches=1, text=alone)
    assert window_of(house, "mobilization").id == window_id(house, "mobilization/main")

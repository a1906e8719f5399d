"""How large parts of the tree stood at the end of each day, and the curve that is drawn from it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from actions.complete import complete
from actions.house import House
from actions.note_parts import note_parts
from actions.reading.overview.campaign import read_campaign_curve
from config.errors import Unknown
from flows.patrol import patrol
from models.mark import PartMark
from models.scope import Scope
from models.unit import Unit
from tests.factories import a_house_at_work, answer, at
from tests.records import CAMPAIGN, rows, window_id

Marks = dict[str, dict[str, int]]


@pytest.fixture
def house(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """City R with U1, open since 7 September, and U2, since the 14th: six assignments each, of which none is few."""
    monkeypatch.setattr("actions.note_parts.LARGE", 5)
    monkeypatch.setattr("actions.reading.overview.curve.FEW", 0)
    return a_house_at_work(engine, tmp_path / "home")


def marks(house: House, window: str) -> Marks:
    """What was done in a window by day, in each unit that has a mark."""
    query = select(col(PartMark.day), col(Unit.code), col(PartMark.done)).join(Unit, col(Unit.id) == PartMark.unit_id)
    found: Marks = {}
    for day, unit, done in rows(house, query.where(col(PartMark.window_id) == window_id(house, window))):
        found.setdefault(f"{day:%m-%d}", {})[unit] = done
    return found


def at_work(house: House) -> None:
    """Let two answers come on two days, with a patrol after each."""
    for branch, when in (("U1-1", "2009-09-14 10:00"), ("U1-2", "2009-09-15 10:00"), ("U2-1", "2009-09-15 11:00")):
        complete(house, CAMPAIGN, [answer(branch, "survey", when)])
        patrol(house, at(when))


def test_the_patrol_notes_what_is_done_in_units_and_below_them(house: House) -> None:
    at_work(house)
    assert marks(house, "mobilization/pilot") == {"09-14": {"R": 1, "U1": 1}, "09-15": {"R": 2, "U1": 2}}
    assert marks(house, "mobilization/main") == {"09-14": {"R": 0, "U2": 0}, "09-15": {"R": 1, "U2": 1}}
    note_parts(house, CAMPAIGN, now=at("2009-09-15 11:00"))
    assert marks(house, "mobilization/pilot")["09-15"] == {"R": 2, "U1": 2}, "repeated, nothing changes"


def test_of_a_unit_with_fewer_nothing_is_noted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.note_parts.LARGE", 6)
    at_work(house)
    assert marks(house, "mobilization/main") == {"09-14": {"R": 0}, "09-15": {"R": 1}}


def test_the_curve_of_a_large_part_is_drawn_from_its_marks(house: House) -> None:
    at_work(house)
    curve = read_campaign_curve(house, CAMPAIGN, now=at("2009-09-16 09:00"), scope=Scope(path="/R/U1/"))
    done = {point.day: point.done for point in curve.points}
    known = [done[date(2009, 9, day)] for day in (13, 14, 15, 16, 17)]
    assert known == [None, 1, 2, 2, None]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unknown_campaign_is_refused(house: House) -> None:
    with pytest.raises(Unknown):
        note_parts(house, "other", now=at("2009-09-14 12:00"))

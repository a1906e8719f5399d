"""How windows stood at the end of each day."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.complete import complete
from actions.house import House
from actions.note_standing import note_standing
from config.errors import Unknown
from models.mark import DayMark
from tests.factories import a_house_at_work, answer, at
from tests.records import CAMPAIGN, every, window_id

Mark = tuple[int, int, int, int, int]


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """Unit U1 of three branches, open since 7 September; its survey is due on the 14th."""
    return a_house_at_work(engine, tmp_path / "home")


def marks(house: House, window: str) -> dict[date, Mark]:
    """The marks of a window by day: total, done, in time, waived, overdue."""
    return {
        mark.day: (mark.total, mark.done, mark.in_time, mark.waived, mark.overdue)
        for mark in every(house, DayMark)
        if mark.window_id == window_id(house, window)
    }


def test_the_last_patrol_of_a_day_stands_for_it_and_one_at_midnight_for_the_day_before(house: House) -> None:
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-14 10:00")])
    note_standing(house, CAMPAIGN, now=at("2009-09-14 12:00"))
    assert marks(house, "mobilization/pilot") == {date(2009, 9, 14): (6, 1, 1, 0, 0)}
    complete(house, CAMPAIGN, [answer("U1-2", "survey", "2009-09-14 15:00")])
    note_standing(house, CAMPAIGN, now=at("2009-09-15 00:00"))
    assert marks(house, "mobilization/pilot") == {date(2009, 9, 14): (6, 2, 2, 0, 1)}
    complete(house, CAMPAIGN, [answer("U1-3", "survey", "2009-09-15 09:00")])
    for _ in range(2):
        note_standing(house, CAMPAIGN, now=at("2009-09-15 10:00"))
    assert marks(house, "mobilization/pilot") == {
        date(2009, 9, 14): (6, 2, 2, 0, 1),
        date(2009, 9, 15): (6, 3, 2, 0, 0),
    }


def test_a_window_has_no_mark_of_a_day_on_which_it_had_not_opened(house: House) -> None:
    note_standing(house, CAMPAIGN, now=at("2009-09-14 00:00"))
    assert list(marks(house, "mobilization/pilot")) == [date(2009, 9, 13)]
    assert marks(house, "mobilization/main") == marks(house, "study/pilot") == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unknown_campaign_is_refused(house: House) -> None:
    with pytest.raises(Unknown):
        note_standing(house, "other", now=at("2009-09-14 12:00"))

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import Calendar
from config.definition.expressions import Span
from rules.deadlines import WindowDays, window_days
from rules.pace import asked_share, check_day, is_behind
from tests.rules.factories import CHINA, day
from tests.rules.strategies import calendars, days, quick, spans

PILOT = WindowDays(day("07"), day("24"))
HOLIDAYS = WindowDays(day("10-01"), day("10-08"))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param("07", "24", "15", id="the seventh of fourteen"),
        pytest.param("07", "11", "09", id="the third of five"),
        pytest.param("07", "07", "07", id="the only one"),
        pytest.param("12", "14", "14", id="after the weekend it begins with"),
        pytest.param("10-01", "10-08", "10-08", id="none at all: the last day"),
    ],
)
def test_the_check_is_on_the_middle_working_day(first: str, last: str, expected: str) -> None:
    assert check_day(WindowDays(day(first), day(last)), CHINA) == day(expected)


@pytest.mark.parametrize(
    ("window", "today", "expected"),
    [
        pytest.param(PILOT, "06", Fraction(0), id="before the window"),
        pytest.param(PILOT, "07", Fraction(1, 14), id="the first day has passed"),
        pytest.param(PILOT, "15", Fraction(1, 2), id="half way"),
        pytest.param(PILOT, "20", Fraction(10, 14), id="a Sunday adds nothing"),
        pytest.param(PILOT, "24", Fraction(1), id="the last day"),
        pytest.param(PILOT, "10-24", Fraction(1), id="held past its end"),
        pytest.param(HOLIDAYS, "10-05", Fraction(0), id="no working day yet"),
        pytest.param(HOLIDAYS, "10-08", Fraction(1), id="no working day at all"),
    ],
)
def test_the_calendar_asks_for_a_share(window: WindowDays, today: str, expected: Fraction) -> None:
    assert asked_share(window, day(today), CHINA) == expected


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [
        pytest.param(0, 5, True, id="nothing done"),
        pytest.param(2, 5, True, id="less than half"),
        pytest.param(2, 4, False, id="exactly half"),
        pytest.param(3, 5, False, id="more than half"),
        pytest.param(0, 0, False, id="nothing to do"),
    ],
)
def test_a_branch_is_behind_when_less_than_the_share_is_done(done: int, total: int, expected: bool) -> None:
    assert is_behind(done, total, Fraction(1, 2)) is expected


@quick
@given(days, spans, calendars, st.integers(0, 59), st.integers(0, 59))
def test_the_share_asked_for_never_falls(first: date, lasts: Span, calendar: Calendar, one: int, other: int) -> None:
    window = window_days(first, lasts, calendar)
    earlier, later = (
        date.fromordinal(first.toordinal() + min(one, other)),
        date.fromordinal(first.toordinal() + max(one, other)),
    )
    assert 0 <= asked_share(window, earlier, calendar) <= asked_share(window, later, calendar) <= 1


@quick
@given(days, spans, calendars)
def test_the_check_day_is_in_the_window(first: date, lasts: Span, calendar: Calendar) -> None:
    window = window_days(first, lasts, calendar)
    assert window.first <= check_day(window, calendar) <= window.last

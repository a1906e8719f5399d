"""Working days: the mainland's make-up days, other countries, and an operator's own days."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import Calendar, load_calendar
from config.errors import CalendarFileError, Refusal

CHINA = load_calendar("CN")
GERMANY = load_calendar("DE")
DAYS = st.dates(date(2001, 1, 1), date(2048, 12, 31))
CALENDARS = st.sampled_from([CHINA, GERMANY, load_calendar("SA")])


def days(text: str) -> list[date]:
    return [date.fromisoformat(day) for day in text.split()]


@pytest.mark.parametrize(
    ("calendar", "day", "worked"),
    [
        *((CHINA, day, True) for day in days("2009-09-27 2009-10-10")),
        *((CHINA, day, False) for day in days("2009-10-01 2009-10-08 2009-09-26 2009-10-11 2010-01-01")),
        *((CHINA, day, True) for day in days("2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10")),
        (GERMANY, date(2026, 10, 3), False),
        (GERMANY, date(2026, 12, 25), False),
        (GERMANY, date(2026, 12, 24), True),
        (load_calendar("DE-BY"), date(2027, 1, 6), False),
        (GERMANY, date(2027, 1, 6), True),
        (load_calendar("SA"), date(2026, 11, 22), True),
        (load_calendar("SA"), date(2026, 11, 20), False),
    ],
    ids=lambda value: value.code if isinstance(value, Calendar) else str(value),
)
def test_people_work_on_the_days_that_their_country_says(calendar: Calendar, day: date, worked: bool) -> None:
    assert calendar.is_workday(day) is worked


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        pytest.param("2009-09-13", 14, "2009-09-30", id="14 days from Monday 14 September, a Sunday among them"),
        pytest.param("2009-09-06", 14, "2009-09-24", id="14 days from Monday 7 September"),
        pytest.param("2009-09-30", 1, "2009-10-09", id="over the long holiday"),
        pytest.param("2009-10-09", 1, "2009-10-10", id="to a Saturday that is worked"),
        pytest.param("2009-10-09", -1, "2009-09-30", id="backwards over the long holiday"),
        pytest.param("2009-10-04", -1, "2009-09-30", id="backwards from a holiday"),
        pytest.param("2009-10-04", 0, "2009-10-04", id="none at all, from a holiday"),
    ],
)
def test_working_days_are_counted_over_holidays_and_make_up_days(day: str, count: int, found: str) -> None:
    assert CHINA.add_workdays(date.fromisoformat(day), count) == date.fromisoformat(found)


def test_the_next_working_day_is_later_and_the_working_day_on_or_after_may_be_the_same() -> None:
    wednesday, friday = date(2009, 9, 30), date(2009, 10, 9)
    assert (CHINA.next_workday(wednesday), CHINA.workday_on_or_after(wednesday)) == (friday, wednesday)
    assert (CHINA.next_workday(date(2009, 10, 3)), CHINA.workday_on_or_after(date(2009, 10, 3))) == (friday, friday)


def test_no_working_day_is_counted_backwards() -> None:
    assert CHINA.count_workdays(date(2009, 9, 30), date(2009, 9, 30)) == 0
    assert CHINA.count_workdays(date(2009, 9, 30), date(2009, 9, 1)) == 0


@given(CALENDARS, DAYS, st.integers(1, 200))
def test_counting_what_was_added_gives_the_number_that_was_added(calendar: Calendar, day: date, count: int) -> None:
    later, earlier = calendar.add_workdays(day, count), calendar.add_workdays(day, -count)
    assert calendar.is_workday(later)
    assert calendar.is_workday(earlier)
    assert calendar.count_workdays(day, later) == count
    assert calendar.count_workdays(earlier - timedelta(days=1), day - timedelta(days=1)) == count


@given(CALENDARS, DAYS, st.integers(-200, 200), st.integers(-200, 200))
def test_a_larger_count_never_lands_earlier(calendar: Calendar, day: date, one: int, other: int) -> None:
    smaller, larger = sorted((one, other))
    assert calendar.add_workdays(day, smaller) <= calendar.add_workdays(day, larger)


@given(CALENDARS, DAYS)
def test_the_table_agrees_with_a_look_at_each_day(calendar: Calendar, day: date) -> None:
    month = [day + timedelta(days=n) for n in range(1, 31)]
    assert calendar.count_workdays(day, month[-1]) == sum(map(calendar.is_workday, month))
    assert calendar.next_workday(day) == next(filter(calendar.is_workday, month))


@pytest.mark.parametrize(
    ("calendar", "day", "confirmed"),
    [
        pytest.param(CHINA, date(2026, 12, 31), True, id="the last year that is known"),
        pytest.param(CHINA, date(2027, 1, 1), False, id="the first year that is not"),
        pytest.param(GERMANY, date(2040, 1, 1), True, id="a country without make-up days"),
    ],
)
def test_a_calendar_knows_how_far_it_is_confirmed(calendar: Calendar, day: date, confirmed: bool) -> None:
    assert calendar.is_confirmed(day) is confirmed


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(1999, 12, 31), 1), (date(2050, 1, 1), -1), (date(2049, 12, 31), 1), (date(2000, 1, 1), -1)],
    ids=str,
)
def test_a_day_outside_the_calendar_is_refused_with_its_range(day: date, count: int) -> None:
    with pytest.raises(Refusal, match=f"CN reaches from 2000-01-01 to 2049-12-31; counting from {day} leaves it"):
        CHINA.add_workdays(day, count)


@pytest.mark.parametrize("code", ["XX", "cn", "", "CHN", "DE-XX", "../CN", "HolidayBase"])
def test_an_unknown_calendar_is_refused(code: str) -> None:
    with pytest.raises(Refusal, match=f'unknown calendar "{code}"'):
        load_calendar(code)


def test_a_calendar_is_made_once() -> None:
    assert load_calendar("CN") is CHINA


def own_days(folder: Path, text: str) -> Path:
    (folder / "CN.yaml").write_text(text)
    return folder


def test_an_operators_own_days_win_and_confirm_another_year(tmp_path: Path) -> None:
    text = "confirmed_through: 2027-12-31\nworking: [2027-02-14]\noff:\n  - 2027-02-16\n"
    calendar = load_calendar("CN", own_days(tmp_path, text))
    assert (CHINA.is_workday(date(2027, 2, 14)), calendar.is_workday(date(2027, 2, 14))) == (False, True)
    assert (CHINA.is_workday(date(2027, 2, 16)), calendar.is_workday(date(2027, 2, 16))) == (True, False)
    assert calendar.is_confirmed(date(2027, 12, 31))
    assert load_calendar("DE", tmp_path) is GERMANY


def test_own_days_that_change_are_read_again(tmp_path: Path) -> None:
    before = load_calendar("CN", own_days(tmp_path, "off: [2027-02-16]"))
    file = own_days(tmp_path, "off: [2027-02-17]") / "CN.yaml"
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    after = load_calendar("CN", tmp_path)
    assert (before.is_workday(date(2027, 2, 16)), after.is_workday(date(2027, 2, 16))) == (False, True)
    assert load_calendar("CN", tmp_path) is after


@pytest.mark.parametrize("folder", ["empty", "missing", "file"])
def test_without_a_file_of_own_days_the_country_stands(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    assert load_calendar("CN", tmp_path / folder) is CHINA


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("", ["CN.yaml: is empty"], id="nothing in it"),
        pytest.param("- 2027-02-14", ["CN.yaml:1: must be a mapping, keys with values"], id="a list"),
        pytest.param("off: 2027-02-14", ["CN.yaml:1: off: must be a list of days, such as [2027-02-14]"], id="no list"),
        pytest.param(
            "off: [2027-02-30]\nworking:\n  - soon\n  - [1]",
            [
                "CN.yaml:1: off[0]: 2027-02-30 is not a day of any year",
                'CN.yaml:3: working[0]: cannot read "soon"; write a day like 2027-02-14',
                """CN.yaml:4: working[1]: cannot read "['1']"; write a day like 2027-02-14""",
            ],
            id="no days",
        ),
        pytest.param(
            "off: [2027-02-14]\nworking: [2027-02-14]",
            ["CN.yaml:1: off[0]: 2027-02-14 is named twice"],
            id="worked and off",
        ),
        pytest.param(
            "confirmed_through: ~\ndays: []\noff: [2060-01-01]",
            [
                "CN.yaml:2: days: unknown key; known here: confirmed_through, working, off",
                "CN.yaml:3: off[0]: 2060-01-01 is outside the calendar, which reaches from 2000-01-01 to 2049-12-31",
            ],
            id="beyond the range, and an unknown key",
        ),
    ],
)
def test_every_fault_among_own_days_is_told_with_its_line(tmp_path: Path, text: str, faults: list[str]) -> None:
    with pytest.raises(CalendarFileError) as refused:
        load_calendar("CN", own_days(tmp_path, text))
    assert str(refused.value).replace(f"{tmp_path}/", "").splitlines() == faults

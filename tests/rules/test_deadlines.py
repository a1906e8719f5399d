from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.calendars import Calendar
from config.definition.expressions import DueRule, Span
from config.errors import Refusal
from config.vocabulary import DayUnit
from rules.deadlines import (
    WindowDays,
    due_day,
    end_of,
    last_allowed_day,
    local_day,
    rule_day,
    shifted,
    start_of,
    window_days,
)
from tests.rules.factories import BERLIN, CHINA, NEW_YORK, SHANGHAI, day, due_rule
from tests.rules.strategies import calendars, days, days_of_change, due_rules, quick, relative_rules, spans, zones

PILOT = WindowDays(day("07"), day("24"))
MAIN = WindowDays(day("14"), day("30"))
SQUEEZED = WindowDays(day("30"), day("10-09"))  # the eight days of the holiday lie between the two working days


@pytest.mark.parametrize(
    ("first", "lasts", "last"),
    [
        pytest.param("07", "14 workdays", "24", id="pilot"),
        pytest.param("14", "14 workdays", "30", id="main, with a Sunday worked"),
        pytest.param("07", "1 workday", "07", id="the first day counts"),
        pytest.param("12", "1 workday", "14", id="a Saturday does not count"),
        pytest.param("28", "5 workdays", "10-10", id="over the holidays to a Saturday worked"),
        pytest.param("12", "1 day", "12", id="a calendar day always counts"),
        pytest.param("28", "20 days", "10-17", id="calendar days pass through the holidays"),
    ],
)
def test_a_window_lasts_from_its_first_day(first: str, lasts: str, last: str) -> None:
    assert window_days(day(first), Span.parse(lasts), CHINA) == WindowDays(day(first), day(last))


@pytest.mark.parametrize(
    ("rule", "window", "expected"),
    [
        pytest.param("1 workday after open", PILOT, "08", id="starts with the day after the opening"),
        pytest.param("5 workdays after open", PILOT, "14", id="5 workdays after open"),
        pytest.param("10 workdays after open", MAIN, "27", id="to a Sunday worked"),
        pytest.param("3 days after open", PILOT, "10", id="3 days after open"),
        pytest.param("5 days after open", PILOT, "12", id="a calendar day may be a Saturday"),
        pytest.param("open", PILOT, "07", id="the opening day itself"),
        pytest.param("close", PILOT, "24", id="close"),
        pytest.param("2 days before close", PILOT, "22", id="2 days before close"),
        pytest.param("4 workdays before close", PILOT, "18", id="back over a weekend"),
        pytest.param("3 workdays before close", MAIN, "27", id="back to a Sunday worked"),
        pytest.param("2009-09-20", PILOT, "20", id="a date, though it is a Sunday"),
        pytest.param("2009-09-02", PILOT, "07", id="a date that the opening has overtaken"),
        pytest.param("5 workdays before close", SQUEEZED, "30", id="squeezed by holidays"),
        pytest.param(
            "3 workdays before close", WindowDays(day("19"), day("22")), "21", id="squeezed from a Saturday on"
        ),
        pytest.param("5 days before close", WindowDays(day("19"), day("22")), "19", id="squeezed calendar days"),
    ],
)
def test_a_due_rule_names_the_last_allowed_day(rule: str, window: WindowDays, expected: str) -> None:
    assert due_day(due_rule(rule), window, CHINA) == day(expected)


def test_a_rule_read_to_the_letter_may_leave_its_window() -> None:
    assert rule_day(due_rule("2009-09-02"), PILOT, CHINA) == day("02")
    assert rule_day(due_rule("5 workdays before close"), SQUEEZED, CHINA) == day("25")


@pytest.mark.parametrize(
    ("joined", "lasts", "expected"),
    [
        pytest.param("01", "14 workdays", PILOT, id="before the window"),
        pytest.param("07", "14 workdays", PILOT, id="on its first day"),
        pytest.param("08", "14 workdays", WindowDays(day("08"), day("25")), id="a day late"),
        pytest.param("27", "3 workdays", WindowDays(day("27"), day("29")), id="after its end"),
        pytest.param("19", "3 workdays", WindowDays(day("19"), day("24")), id="never ends before the window does"),
        pytest.param("12", "20 days", WindowDays(day("12"), day("10-01")), id="in calendar days"),
    ],
)
def test_a_branch_that_joins_late_has_the_whole_length(joined: str, lasts: str, expected: WindowDays) -> None:
    assert shifted(PILOT, day(joined), Span.parse(lasts), CHINA) == expected


def test_a_date_before_a_late_branch_joined_becomes_the_day_it_joined() -> None:
    late = shifted(PILOT, day("16"), Span.parse("14 workdays"), CHINA)
    assert due_day(due_rule("2009-09-10"), late, CHINA) == day("16")
    assert due_day(due_rule("2009-09-20"), late, CHINA) == day("20")


@pytest.mark.parametrize(
    ("on", "zone", "starts", "ends"),
    [
        pytest.param("18", SHANGHAI, "2009-09-17T16:00", "2009-09-18T16:00", id="Shanghai"),
        pytest.param("2026-03-29", BERLIN, "2026-03-28T23:00", "2026-03-29T22:00", id="Berlin, 23 hours"),
        pytest.param("2026-10-25", BERLIN, "2026-10-24T22:00", "2026-10-25T23:00", id="Berlin, 25 hours"),
        pytest.param("2026-03-08", NEW_YORK, "2026-03-08T05:00", "2026-03-09T04:00", id="New York, 23 hours"),
        pytest.param("2026-11-01", NEW_YORK, "2026-11-01T04:00", "2026-11-02T05:00", id="New York, 25 hours"),
        pytest.param(
            "2018-11-04",
            ZoneInfo("America/Sao_Paulo"),
            "2018-11-04T03:00",
            "2018-11-05T02:00",
            id="Sao Paulo, begins at one o'clock",
        ),
        pytest.param(
            "2026-11-01", ZoneInfo("America/Havana"), "2026-11-01T04:00", "2026-11-02T05:00", id="Havana, two midnights"
        ),
    ],
)
def test_a_local_day_begins_and_ends_at_instants(on: str, zone: ZoneInfo, starts: str, ends: str) -> None:
    assert start_of(day(on), zone) == datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert end_of(day(on), zone) == datetime.fromisoformat(ends).replace(tzinfo=UTC)
    assert end_of(day(on), zone).tzinfo is UTC


def test_counting_past_the_calendar_is_refused() -> None:
    with pytest.raises(Refusal):
        window_days(CHINA.last, Span(2, DayUnit.WORKDAYS), CHINA)


@quick
@given(days | days_of_change, zones)
def test_the_last_allowed_day_undoes_the_end_of_a_day(on: date, zone: ZoneInfo) -> None:
    assert last_allowed_day(end_of(on, zone), zone) == on
    assert end_of(last_allowed_day(end_of(on, zone), zone), zone) == end_of(on, zone)


@quick
@given(days | days_of_change, zones)
def test_a_day_owns_its_instants_from_the_first_to_the_last(on: date, zone: ZoneInfo) -> None:
    smallest = timedelta(microseconds=1)
    first, after = start_of(on, zone), end_of(on, zone)
    owned = [local_day(at, zone) for at in (first - smallest, first, after - smallest, after)]
    assert owned == [on - timedelta(days=1), on, on, on + timedelta(days=1)]


@quick
@given(days, st.integers(1, 60), calendars)
def test_counting_what_was_added_gives_it_back(start: date, count: int, calendar: Calendar) -> None:
    end = calendar.add_workdays(start, count)
    assert calendar.is_workday(end)
    assert calendar.count_workdays(after=start, through=end) == count


@quick
@given(days, spans, calendars)
def test_a_window_holds_as_many_days_as_it_lasts(first: date, lasts: Span, calendar: Calendar) -> None:
    window = window_days(first, lasts, calendar)
    before = first - timedelta(days=1)
    if lasts.unit is DayUnit.WORKDAYS:
        assert calendar.is_workday(window.last)
        assert calendar.count_workdays(after=before, through=window.last) == lasts.count
    else:
        assert (window.last - before).days == lasts.count


@quick
@given(relative_rules, days, spans, calendars)
def test_a_rule_that_counts_working_days_ends_on_one(
    rule: DueRule, first: date, lasts: Span, calendar: Calendar
) -> None:
    assume(rule.unit is DayUnit.WORKDAYS and rule.offset != 0)
    assert calendar.is_workday(due_day(rule, window_days(first, lasts, calendar), calendar))


@quick
@given(due_rules, days, st.integers(-10, 60), spans, calendars)
def test_no_deadline_lies_before_the_day_a_branch_joined(
    rule: DueRule, first: date, later: int, lasts: Span, calendar: Calendar
) -> None:
    window = window_days(first, lasts, calendar)
    joined = first + timedelta(days=later)
    own = shifted(window, joined, lasts, calendar)
    assert own.first == max(first, joined)
    assert own.last >= window.last
    assert due_day(rule, own, calendar) >= own.first

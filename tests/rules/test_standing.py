from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import Calendar
from config.vocabulary import AssignmentStatus, Standing
from rules.deadlines import end_of
from rules.standing import deadlines_of, standing
from tests.rules.factories import BERLIN, CHINA, GERMANY, SHANGHAI, day, due_at, local
from tests.rules.strategies import calendars, days, quick, zones


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("07 00:00", Standing.OPEN, id="long before"),
        pytest.param("14 23:59", Standing.OPEN, id="four working days left"),
        pytest.param("15 00:00", Standing.UPCOMING, id="three working days left"),
        pytest.param("17 23:59", Standing.UPCOMING, id="the day before"),
        pytest.param("18 00:00", Standing.DUE, id="the last day begins"),
        pytest.param("18 23:59", Standing.DUE, id="the last minute"),
        pytest.param("19 00:00", Standing.OVERDUE, id="the first instant after"),
        pytest.param("10-20 00:00", Standing.OVERDUE, id="a month later"),
    ],
)
def test_open_work_stands_by_the_day(now: str, expected: Standing) -> None:
    assert standing(AssignmentStatus.OPEN, due_at("18"), local(now), SHANGHAI, CHINA) is expected


@pytest.mark.parametrize("now", ["07 00:00", "18 12:00", "30 00:00"])
@pytest.mark.parametrize(
    ("status", "expected"),
    [(AssignmentStatus.DONE, Standing.DONE), (AssignmentStatus.WAIVED, Standing.WAIVED)],
)
def test_settled_work_stands_as_it_is(status: AssignmentStatus, expected: Standing, now: str) -> None:
    assert standing(status, due_at("18"), local(now), SHANGHAI, CHINA) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("29 12:00", Standing.UPCOMING, id="the holidays are no working days"),
        pytest.param("10-08 12:00", Standing.UPCOMING, id="the last holiday"),
        pytest.param("27 12:00", Standing.OPEN, id="a Sunday worked"),
    ],
)
def test_only_working_days_are_left(now: str, expected: Standing) -> None:
    assert standing(AssignmentStatus.OPEN, due_at("10-10"), local(now), SHANGHAI, CHINA) is expected


def test_the_day_of_the_campaign_counts_not_the_day_of_utc() -> None:
    deadline = end_of(day("2026-10-25"), BERLIN)
    midnight_in_utc = local("2026-10-25 00:30", BERLIN)
    assert standing(AssignmentStatus.OPEN, deadline, midnight_in_utc, BERLIN, GERMANY) is Standing.DUE


@quick
@given(days, st.integers(-12, 12), st.times(), zones, calendars)
def test_a_deadline_is_between_those_of_its_standing_and_of_no_other(
    last: date, away: int, hour: time, zone: ZoneInfo, calendar: Calendar
) -> None:
    deadline = end_of(last, zone)
    now = datetime.combine(date.fromordinal(last.toordinal() + away), hour, zone).astimezone(SHANGHAI)

    def holds(found: Standing) -> bool:
        between = deadlines_of(found, now, zone, calendar)
        return (between.after is None or between.after < deadline) and (
            between.through is None or deadline <= between.through
        )

    of_open_work = (Standing.OVERDUE, Standing.DUE, Standing.UPCOMING, Standing.OPEN)
    assert [found for found in of_open_work if holds(found)] == [
        standing(AssignmentStatus.OPEN, deadline, now, zone, calendar)
    ]

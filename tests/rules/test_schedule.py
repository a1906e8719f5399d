from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from config.calendars import Calendar
from config.errors import Refusal
from rules.deadlines import end_of
from rules.schedule import find_faults, find_warnings, opens_after, plan_windows, start_day
from tests.rules.factories import CHINA, SHANGHAI, campaign, day, local, stage
from tests.rules.strategies import calendars, days, quick, zones

DUE = ("stages", 0, "tasks", 0, "due")


def wave(starts: str, code: str = "all") -> dict[str, Any]:
    return {"code": code, "starts": starts}


@pytest.mark.parametrize(
    ("closed_at", "expected"),
    [
        pytest.param("24 18:00", "25", id="closed in the evening, opens tomorrow"),
        pytest.param("25 00:00", "27", id="closed at midnight of a Friday, opens on the Sunday worked"),
        pytest.param("24 23:59", "25", id="closed a minute before midnight"),
        pytest.param("18 12:00", "21", id="over the weekend"),
        pytest.param("30 12:00", "10-09", id="over the holidays"),
    ],
)
def test_a_stage_opens_on_the_working_day_after_the_one_before_closed(closed_at: str, expected: str) -> None:
    assert opens_after(local(closed_at), CHINA, SHANGHAI) == day(expected)


def test_the_windows_of_a_campaign_are_planned_for_each_wave() -> None:
    planned = plan_windows(
        campaign(
            stage("mobilization"),
            stage("study", opens="after mobilization", lasts="20 days"),
            stage("review", opens="2009-12-01", lasts="1 workday"),
        ),
        CHINA,
    )
    assert [(window.stage, window.wave, window.days.first, window.days.last) for window in planned] == [
        ("mobilization", "pilot", day("07"), day("24")),
        ("mobilization", "main", day("14"), day("30")),
        ("study", "pilot", day("27"), day("10-16")),
        ("study", "main", day("10-09"), day("10-28")),
        ("review", "pilot", day("12-01"), day("12-01")),
        ("review", "main", day("12-01"), day("12-01")),
    ]


def test_a_stage_waits_for_the_stage_it_names() -> None:
    planned = plan_windows(
        campaign(
            stage("mobilization"),
            stage("study", opens="after mobilization", lasts="1 day"),
            stage("analysis", opens="after mobilization", lasts="1 day"),
        ),
        CHINA,
    )
    assert planned[2].days == planned[4].days


@pytest.mark.parametrize(
    ("due", "message"),
    [
        pytest.param(
            "20 workdays after open",
            '"20 workdays after open" lands on 2009-10-10, after its planned close:'
            " the window of mobilization for wave pilot is 2009-09-07 to 2009-09-24",
            id="counted past the close",
        ),
        pytest.param(
            "20 workdays before close",
            '"20 workdays before close" lands on 2009-08-27, before the window opens:'
            " the window of mobilization for wave pilot is 2009-09-07 to 2009-09-24",
            id="counted back past the opening",
        ),
        pytest.param(
            "2009-09-01",
            '"2009-09-01" lands on 2009-09-01, before the window opens:'
            " the window of mobilization for wave pilot is 2009-09-07 to 2009-09-24",
            id="a date before the opening",
        ),
        pytest.param(
            "2009-09-10",
            '"2009-09-10" lands on 2009-09-10, before the window opens:'
            " the window of mobilization for wave main is 2009-09-14 to 2009-09-30",
            id="a date that suits the first wave alone",
        ),
        pytest.param(
            "2009-09-28",
            '"2009-09-28" lands on 2009-09-28, after its planned close:'
            " the window of mobilization for wave pilot is 2009-09-07 to 2009-09-24",
            id="a date that suits the second wave alone",
        ),
    ],
)
def test_a_due_rule_outside_its_window_is_a_fault(due: str, message: str) -> None:
    assert find_faults(campaign(stage("mobilization", due)), CHINA) == ((DUE, message),)


@pytest.mark.parametrize("due", ["open", "1 workday after open", "13 workdays after open", "close", "2009-09-14"])
def test_a_due_rule_inside_its_window_is_no_fault(due: str) -> None:
    assert find_faults(campaign(stage("mobilization", due)), CHINA) == ()


def test_every_faulty_key_is_named_once() -> None:
    faulty = campaign(
        stage("mobilization", "close", "30 days after open"),
        stage("study", "99 days before close", "close", opens="after mobilization"),
    )
    assert [path for path, _ in find_faults(faulty, CHINA)] == [
        ("stages", 0, "tasks", 1, "due"),
        ("stages", 1, "tasks", 0, "due"),
    ]


@pytest.mark.parametrize(
    ("said", "path"),
    [
        pytest.param({"waves": [wave("1009-09-07")]}, ("waves", 0, "starts"), id="a wave a thousand years ago"),
        pytest.param({"waves": [wave("0001-01-01")]}, ("waves", 0, "starts"), id="a wave on the first day of all"),
        pytest.param({"waves": [wave("9999-12-31")]}, ("waves", 0, "starts"), id="a wave on the last day of all"),
        pytest.param({"waves": [wave("launch")]}, ("waves", 0, "starts"), id="a wave without its launch day"),
        pytest.param({"stages": [stage(opens="9999-12-31")]}, ("stages", 0, "opens"), id="an opening past all"),
        pytest.param(
            {"stages": [stage(lasts="9999 workdays")], "waves": [wave("2040-01-01")]},
            ("stages", 0, "lasts"),
            id="a window without end",
        ),
        pytest.param(
            {"stages": [stage(lasts="9999 days")], "waves": [wave("2040-01-01")]},
            ("stages", 0, "lasts"),
            id="a window without end in calendar days",
        ),
        pytest.param({"stages": [stage("mobilization", "9999 workdays before close")]}, DUE, id="a due rule"),
        pytest.param(
            {
                "stages": [stage("mobilization", "close")],
                "reminders": {
                    "rungs": [{"at": "due", "to": ["liaison"]}, {"at": "9999 days before due", "to": ["group"]}]
                },
            },
            ("reminders", "rungs", 1, "at"),
            id="a rung",
        ),
    ],
)
def test_days_outside_the_calendar_are_one_fault_at_their_key(
    said: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    ((found, message),) = find_faults(campaign(**said), CHINA)
    assert found == path
    assert message


@pytest.mark.parametrize("starts", [CHINA.first, CHINA.last])
def test_a_window_may_reach_to_the_end_of_the_calendar(starts: date) -> None:
    (window,) = plan_windows(campaign(stage(lasts="1 day"), waves=[wave(str(starts))]), CHINA)
    assert window.days.first == window.days.last == starts


@pytest.mark.parametrize("at", ["30 workdays before due", "30 workdays after due"])
def test_a_rung_is_tried_on_the_first_deadline_and_on_the_last(at: str) -> None:
    far_apart = campaign(
        stage("mobilization", "close", lasts="5 workdays"),
        waves=[{"code": "early", "starts": "2000-01-10", "units": ["安国市"]}, wave("2049-12-20")],
        reminders={"rungs": [{"at": at, "to": ["liaison"]}]},
    )
    assert [path for path, _ in find_faults(far_apart, CHINA)] == [("reminders", "rungs", 0, "at")]


def test_repetitions_that_thin_out_past_the_calendar_are_no_fault() -> None:
    late = campaign(stage("mobilization", "close", lasts="5 workdays"), waves=[wave("2049-11-22")])
    assert late.reminders.rungs[-1].thinning
    assert find_faults(late, CHINA) == ()


def test_a_wave_starts_on_its_day_once_the_launch_has_one() -> None:
    relative = campaign(waves=[wave("5 workdays before launch")])
    with pytest.raises(Refusal, match="plan it from the day of launch"):
        start_day(relative.waves[0])
    assert start_day(relative.resolve(day("14"), CHINA).waves[0]) == day("07")


def test_a_plan_past_the_calendar_is_refused() -> None:
    with pytest.raises(Refusal, match="1009-09-07 is outside the calendar CN, 2000-01-01 to 2049-12-31"):
        plan_windows(campaign(waves=[wave("1009-09-07")]), CHINA)


def test_deadlines_past_the_confirmed_calendar_are_one_warning() -> None:
    unsure = campaign(
        stage("mobilization", "1 day after open", "close"),
        stage("study", "3 days after open", "close", opens="after mobilization"),
        waves=[wave("2026-12-14")],
    )
    ((path, message),) = find_warnings(unsure, CHINA)
    assert path == ("calendar",)
    assert "2 of 4 deadlines" in message
    assert "2027-01-0" in message
    assert "confirmed through 2026-12-31" in message


def test_a_campaign_in_a_confirmed_year_has_no_warning() -> None:
    assert find_warnings(campaign(stage("mobilization", "close")), CHINA) == ()


@quick
@given(days, calendars, zones)
def test_what_opens_after_a_last_day_is_a_working_day_later_than_the_close(
    last: date, calendar: Calendar, zone: ZoneInfo
) -> None:
    opening = opens_after(end_of(last, zone), calendar, zone)
    assert calendar.is_workday(opening)
    assert (opening - last).days >= 2

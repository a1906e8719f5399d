from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.calendars import Calendar
from config.errors import Refusal
from config.vocabulary import OfficerRole
from rules.deadlines import end_of
from rules.reminders import Ladder, SendSlot, Step
from tests.rules.factories import BERLIN, CHINA, GERMANY, NEW_YORK, SHANGHAI, day, due_at, ladder, local
from tests.rules.strategies import calendars, days, days_of_change, quick, rungs, send_windows, zones

LIAISON, GROUP, COORDINATOR = OfficerRole.LIAISON, OfficerRole.GROUP, OfficerRole.COORDINATOR
FRIDAY = due_at("18")
USUAL = ladder()

any_ladder = st.builds(
    lambda rungs, window, calendar, zone: ladder(*rungs, calendar=calendar, zone=zone, **window),
    st.lists(rungs, min_size=1, max_size=5),
    send_windows,
    calendars,
    zones,
)


def rung(at: str, *to: OfficerRole, **repeated: Any) -> dict[str, Any]:
    return {"at": at, "to": to or (LIAISON,)} | repeated


def clocks(climbed: Ladder, last_day: str, zone: ZoneInfo = SHANGHAI) -> list[str]:
    steps = climbed.steps(due_at(last_day, zone))
    return [f"{step.at.astimezone(zone):%m-%d %H:%M}" for step in steps]


def test_the_usual_ladder_is_climbed_from_three_days_before_to_months_after() -> None:
    assert USUAL.steps(FRIDAY) == (
        Step(local("15 08:30"), 0, frozenset({LIAISON})),
        Step(local("18 08:30"), 1, frozenset({LIAISON})),
        Step(local("21 08:30"), 2, frozenset({LIAISON})),
        Step(local("22 08:30"), 2, frozenset({LIAISON})),
        Step(local("23 08:30"), 3, frozenset({LIAISON, GROUP})),
        Step(local("24 08:30"), 2, frozenset({LIAISON})),
        Step(local("25 08:30"), 3, frozenset({LIAISON, GROUP})),
        Step(local("28 08:30"), 4, frozenset({LIAISON, GROUP, COORDINATOR})),
        *(
            Step(local(f"{on} 08:30"), 5, frozenset({LIAISON}))
            for on in ("10-09", "10-15", "10-29", "11-26", "2010-01-22", "2010-05-21")
        ),
    )


@pytest.mark.parametrize(
    ("rungs", "last_day", "expected"),
    [
        pytest.param([rung("due")], "18", ["09-18 08:30"], id="on the last day itself"),
        pytest.param([rung("due")], "20", ["09-21 08:30"], id="a Sunday moves to Monday"),
        pytest.param([rung("due")], "27", ["09-27 08:30"], id="a Sunday worked stays"),
        pytest.param([rung("due")], "10-03", ["10-09 08:30"], id="a holiday moves past the holidays"),
        pytest.param([rung("2 days before due")], "14", ["09-14 08:30"], id="calendar days may move onto the day"),
        pytest.param(
            [rung("1 workday after due", every="2 workdays", times=3)],
            "18",
            ["09-21 08:30", "09-23 08:30", "09-25 08:30"],
            id="times includes the first",
        ),
        pytest.param(
            [rung("1 day after due", every="1 workday", times=3)],
            "18",
            ["09-21 08:30", "09-22 08:30", "09-23 08:30"],
            id="repetitions count from where the first moved to",
        ),
        pytest.param(
            [rung("1 day after due", every="1 day", times=6)],
            "16",
            ["09-17 08:30", "09-18 08:30", "09-21 08:30", "09-22 08:30"],
            id="days that move to one Monday are one step",
        ),
        pytest.param(
            [rung("due", every="1 workday", times=4, thinning=True)],
            "14",
            ["09-14 08:30", "09-15 08:30", "09-17 08:30", "09-23 08:30"],
            id="each distance is twice the one before",
        ),
        pytest.param(
            [rung("1 day after due", every="2 days", times=4, thinning=True)],
            "18",
            ["09-21 08:30", "09-23 08:30", "09-27 08:30", "10-09 08:30"],
            id="in calendar days too, each moved on its own",
        ),
    ],
)
def test_a_rung_is_reached_in_the_send_window(rungs: list[dict[str, Any]], last_day: str, expected: list[str]) -> None:
    assert clocks(ladder(*rungs), last_day) == expected


def test_rungs_that_meet_are_told_together_at_the_highest() -> None:
    met = ladder(rung("due", COORDINATOR), rung("1 day after due", GROUP), rung("2 days after due", LIAISON))
    assert met.steps(due_at("19")) == (Step(local("21 08:30"), 2, frozenset({LIAISON, GROUP, COORDINATOR})),)


@pytest.mark.parametrize(
    ("zone", "last_day", "expected"),
    [
        pytest.param(
            BERLIN, "2026-03-27", ["2026-03-27 07:30+00:00", "2026-03-30 06:30+00:00"], id="Berlin, into summer"
        ),
        pytest.param(
            BERLIN, "2026-10-23", ["2026-10-23 06:30+00:00", "2026-10-26 07:30+00:00"], id="Berlin, into winter"
        ),
        pytest.param(
            NEW_YORK, "2026-03-06", ["2026-03-06 13:30+00:00", "2026-03-09 12:30+00:00"], id="New York, into summer"
        ),
    ],
)
def test_the_clock_on_the_wall_stays_when_clocks_change(zone: ZoneInfo, last_day: str, expected: list[str]) -> None:
    climbed = ladder(rung("due"), rung("1 workday after due"), calendar=GERMANY, zone=zone)
    assert [step.at.isoformat(" ", "minutes") for step in climbed.steps(due_at(last_day, zone))] == expected


@pytest.mark.parametrize(
    ("opens", "to", "expected"),
    [
        pytest.param("02:15", "02:45", "03-29 03:15", id="left out with both ends, it goes by the clock of before"),
        pytest.param("02:30", "12:00", "03-29 03:30", id="begins an hour later"),
        pytest.param("02:30", "03:30", "03-30 02:30", id="nothing of it would be left: waits a day"),
        pytest.param("02:30", "03:15", "03-30 02:30", id="would end before it begins: waits a day"),
    ],
)
def test_a_send_window_in_the_hour_that_is_left_out(opens: str, to: str, expected: str) -> None:
    nightly = ladder(rung("due"), calendar=GERMANY, zone=BERLIN, days="every", opens=opens, to=to)
    assert clocks(nightly, "2026-03-29", BERLIN) == [expected]


@pytest.mark.parametrize(
    ("instant", "after", "at_or_after"),
    [
        pytest.param("07 00:00", "15 08:30", "15 08:30", id="before all"),
        pytest.param("15 08:29", "15 08:30", "15 08:30", id="a minute before a step"),
        pytest.param("15 08:30", "18 08:30", "15 08:30", id="at a step"),
        pytest.param("15 08:31", "18 08:30", "18 08:30", id="a minute after it"),
        pytest.param("2010-05-21 08:30", None, "2010-05-21 08:30", id="at the last"),
        pytest.param("2010-05-21 08:31", None, None, id="past the last"),
    ],
)
def test_the_next_reminder_is_found(instant: str, after: str | None, at_or_after: str | None) -> None:
    assert USUAL.first_after(FRIDAY, local(instant)) == (local(after) if after else None)
    assert USUAL.next_from(FRIDAY, local(instant)) == (local(at_or_after) if at_or_after else None)


@pytest.mark.parametrize(
    ("since", "now", "told", "following"),
    [
        pytest.param("15 08:30", "15 08:30", {LIAISON: 0}, "18 08:30", id="one step, at its instant"),
        pytest.param("15 08:30", "15 08:29", {}, "15 08:30", id="not yet"),
        pytest.param("15 08:30", "22 12:00", {LIAISON: 2}, "23 08:30", id="an outage, merged"),
        pytest.param("15 08:30", "24 12:00", {LIAISON: 3, GROUP: 3}, "25 08:30", id="the highest, not the latest"),
        pytest.param(
            "15 08:30",
            "2010-06-01 12:00",
            {LIAISON: 5, GROUP: 4, COORDINATOR: 4},
            None,
            id="an outage past the last",
        ),
        pytest.param("24 08:30", "24 12:00", {LIAISON: 2}, "25 08:30", id="steps before it were told already"),
    ],
)
def test_what_was_reached_is_merged(since: str, now: str, told: dict[OfficerRole, int], following: str | None) -> None:
    reached = USUAL.reached(FRIDAY, local(since), local(now))
    assert (reached.rungs, reached.following) == (told, local(following) if following else None)


def test_a_role_keeps_its_own_highest_rung() -> None:
    apart = ladder(rung("due", GROUP), rung("1 workday after due", LIAISON))
    assert apart.reached(FRIDAY, local("01 00:00"), local("30 00:00")).rungs == {GROUP: 0, LIAISON: 1}


@pytest.mark.parametrize(
    ("instant", "slot_day"),
    [
        pytest.param("18 00:00", "18", id="the night before"),
        pytest.param("18 08:30", "18", id="at its opening"),
        pytest.param("18 17:59", "18", id="in its last minute"),
        pytest.param("18 18:00", "21", id="at its close, over the weekend"),
        pytest.param("26 12:00", "27", id="to a Sunday worked"),
        pytest.param("30 20:00", "10-09", id="over the holidays"),
    ],
)
def test_the_send_window_holds_the_instant_or_is_the_next(instant: str, slot_day: str) -> None:
    expected = SendSlot(day(slot_day), local(f"{slot_day} 08:30"), local(f"{slot_day} 18:00"))
    assert USUAL.send_slot(local(instant)) == expected


def test_every_day_is_a_send_day_where_the_campaign_says_so() -> None:
    assert ladder(days="every").send_slot(local("18 19:00")).day == day("19")


def test_a_deadline_is_climbed_once() -> None:
    assert USUAL.steps(FRIDAY) is USUAL.steps(FRIDAY)


def test_a_rung_past_the_calendar_is_refused() -> None:
    with pytest.raises(Refusal):
        USUAL.steps(end_of(CHINA.last, SHANGHAI))


@pytest.mark.parametrize("days", ["working", "every"])
@pytest.mark.parametrize("every", ["20 workdays", "20 days"])
def test_repetitions_past_the_calendar_are_left_out(every: str, days: str) -> None:
    thin = ladder(rung("due", every=every, times=100, thinning=True), days=days)
    reached = [step.at.astimezone(SHANGHAI).date() for step in thin.steps(end_of(date(2049, 9, 1), SHANGHAI))]
    assert 2 <= len(reached) <= 3, "20 and 60 days later, not 140"
    assert max(reached) <= CHINA.last


@quick
@given(any_ladder, days | days_of_change, zones)
def test_steps_are_sorted_and_open_a_send_window(climbed: Ladder, last_day: date, zone: ZoneInfo) -> None:
    instants = [step.at for step in climbed.steps(end_of(last_day, zone))]
    assert instants
    assert instants == sorted(set(instants))
    assert [climbed.send_slot(at).opens for at in instants] == instants


@quick
@given(any_ladder, days | days_of_change, zones, st.integers(-60 * 24, 60 * 24))
def test_the_next_reminder_is_always_later_than_the_last(
    climbed: Ladder, last_day: date, zone: ZoneInfo, hours: int
) -> None:
    due = end_of(last_day, zone)
    last = due + timedelta(hours=hours)
    seen: list[datetime] = []
    while (following := climbed.first_after(due, last)) is not None:
        assert following > last
        seen.append(following)
        last = following
    assert seen == [step.at for step in climbed.steps(due) if step.at > due + timedelta(hours=hours)]


@quick
@given(any_ladder, days | days_of_change, zones, st.integers(-60 * 24, 60 * 24), st.integers(0, 60 * 24))
def test_reached_and_following_part_the_ladder(
    climbed: Ladder, last_day: date, zone: ZoneInfo, begin: int, length: int
) -> None:
    due = end_of(last_day, zone)
    since = due + timedelta(hours=begin)
    now = since + timedelta(hours=length)
    reached = climbed.reached(due, since, now)
    behind = [step for step in climbed.steps(due) if step.at <= now]
    ahead = [step for step in climbed.steps(due) if step.at > now]
    told = [step for step in behind if step.at >= since]
    assert reached.following == (ahead[0].at if ahead else None)
    assert set(reached.rungs) == {role for step in told for role in step.to}
    assert all(rung == max(step.rung for step in told if role in step.to) for role, rung in reached.rungs.items())
    assert reached.latest == {role: step.at for step in told for role in step.to}


@quick
@given(st.lists(rungs, min_size=1, max_size=5), days, calendars)
def test_steps_on_working_days_fall_on_working_days(
    rungs: list[dict[str, Any]], last_day: date, calendar: Calendar
) -> None:
    steps = ladder(*rungs, calendar=calendar).steps(end_of(last_day, SHANGHAI))
    assert all(calendar.is_workday(step.at.astimezone(SHANGHAI).date()) for step in steps)


AGAIN = {
    "before its first step": ("2009-09-01T09:00", 0),
    "at a step": (None, 3),
    "long after its last": ("2010-12-31T09:00", -1),
}


@pytest.mark.parametrize(("clock", "position"), AGAIN.values(), ids=AGAIN.keys())
def test_work_that_rested_is_told_of_at_the_step_that_it_has_reached(clock: str | None, position: int) -> None:
    step = USUAL.steps(FRIDAY)[position].at
    now = step if clock is None else datetime.fromisoformat(f"{clock}+08:00")
    assert USUAL.again_at(FRIDAY, now) == step

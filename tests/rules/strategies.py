"""What the properties of the rules are tried on: days, zones, windows, rules and ladders."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from config.definition.expressions import DueRule, Span
from config.vocabulary import DayUnit, DueAnchor, OfficerRole
from rules.progress import Tally
from tests.rules.factories import BERLIN, CHINA, GERMANY, NEW_YORK, SHANGHAI

quick = settings(max_examples=80, deadline=None)

zones = st.sampled_from(
    [
        SHANGHAI,
        BERLIN,
        NEW_YORK,
        ZoneInfo("America/Sao_Paulo"),  # clocks were changed at midnight: days that began at one o'clock
        ZoneInfo("America/Havana"),  # days with two midnights
        ZoneInfo("Australia/Lord_Howe"),  # by half an hour
        ZoneInfo("Asia/Kathmandu"),
    ]
)
calendars = st.sampled_from([CHINA, GERMANY])
days = st.dates(date(2004, 1, 1), date(2027, 12, 31))
units = st.sampled_from(DayUnit)
spans = st.builds(Span, st.integers(1, 60), units)

relative_rules = st.builds(
    DueRule, st.sampled_from([DueAnchor.OPEN, DueAnchor.CLOSE]), st.integers(-20, 20), units, st.none()
)
dated_rules = st.builds(DueRule, st.just(DueAnchor.DATE), st.just(0), st.just(DayUnit.DAYS), days)
due_rules = relative_rules | dated_rules

# The changes of clocks in Berlin and New York, and the day before and after each.
_changes = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1)]
days_of_change = st.sampled_from([day + timedelta(days=beside) for day in _changes for beside in (-1, 0, 1)])


def _rung(
    offset: int, unit: str, every: str | None, times: int, thinning: bool, to: list[OfficerRole]
) -> dict[str, Any]:
    side = "before" if offset < 0 else "after"
    at = f"{abs(offset)} {unit} {side} due" if offset else "due"
    return {"at": at, "to": to} | ({"every": every, "times": times, "thinning": thinning} if every else {})


rungs = st.builds(
    _rung,
    st.integers(-15, 15),
    units.map(str),
    st.sampled_from([None, "1 workday", "2 workdays", "1 day", "3 days", "7 days"]),
    st.integers(2, 5),
    st.booleans(),
    st.lists(st.sampled_from(OfficerRole), min_size=1, max_size=3, unique=True),
)
send_windows = st.sampled_from(
    [
        {"days": "working", "opens": "08:30", "to": "18:00"},
        {"days": "every", "opens": "00:00", "to": "23:59"},
        {"days": "every", "opens": "02:30", "to": "03:15"},  # begins in the hour that a change of clocks leaves out
        {"days": "working", "opens": "02:30", "to": "12:00"},
    ]
)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Count assignments of every sort that can be: waived, in time, late, overdue, and those with time left."""
    waived, early, in_time, late, overdue, ahead = (draw(st.integers(0, 50)) for _ in range(6))
    return Tally(
        total=waived + early + in_time + late + overdue + ahead,
        done=early + in_time + late,
        in_time=early + in_time,
        waived=waived,
        due=in_time + late + overdue,
        due_done=in_time + late,
        due_in_time=in_time,
    )

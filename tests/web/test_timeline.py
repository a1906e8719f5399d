"""Where the bars of the time line stand."""

from datetime import date

from actions.reading.overview.windows import WindowState
from config.definition.gates import GateSpec
from config.definition.text import Text
from config.vocabulary import WindowStatus
from rules.deadlines import WindowDays
from rules.progress import Tally
from web.charts.timeline import Bar, Tick, lay_out

FIRST = date(2009, 9, 1)


def window(
    planned: tuple[int, int],
    days: tuple[int, int],
    opened: int | None = None,
    closed: int | None = None,
) -> WindowState:
    """A window by days of September 2009: as planned, as it is now, and when it opened and closed."""
    return WindowState(
        stage="study",
        title=Text.same("Study"),
        wave="all",
        wave_name=Text.same("all"),
        status=WindowStatus.CLOSED if closed else WindowStatus.OPEN if opened else WindowStatus.PLANNED,
        planned=WindowDays(*map(day, planned)),
        days=WindowDays(*map(day, days)),
        is_forecast=opened is None,
        opened_on=day(opened) if opened else None,
        closed_on=day(closed) if closed else None,
        tally=Tally(),
        blockers=(),
        gate=GateSpec(),
        waits_for_approval=False,
    )


def day(number: int) -> date:
    return FIRST.replace(day=number)


def test_bars_stand_on_a_line_from_the_first_day_to_the_last() -> None:
    closed = window(planned=(1, 4), days=(2, 5), opened=2, closed=7)
    held = window(planned=(5, 8), days=(5, 8), opened=5)
    ahead = window(planned=(9, 10), days=(9, 10))
    line = lay_out([closed, held, ahead], today=day(9))
    assert [row.planned for row in line.rows] == [
        Bar("0.00%", "40.00%"),
        Bar("40.00%", "40.00%"),
        Bar("80.00%", "20.00%"),
    ]
    assert [row.actual for row in line.rows] == [
        Bar("10.00%", "60.00%"),
        Bar("40.00%", "50.00%"),  # past its close it goes on to this day
        Bar("80.00%", "20.00%"),
    ]
    assert line.today == "80.00%"
    assert line.ticks == (Tick(FIRST, "0.00%"),)


def test_a_day_outside_the_line_is_not_marked() -> None:
    assert lay_out([window(planned=(1, 4), days=(1, 4), opened=1, closed=4)], today=day(20)).today is None
    assert lay_out([], today=FIRST).rows == ()

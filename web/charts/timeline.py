"""Lay windows out on a line of days: where each bar begins and how long it is, in percent of the line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from actions.reading.overview.windows import WindowState
from rules.deadlines import ONE_DAY

MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """Some days on the line."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Row:
    """A window with the bar of its days as planned at the launch, and as they came or are expected."""

    window: WindowState
    planned: Bar
    actual: Bar


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, where it stands."""

    day: date
    x: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line with its rows; `today` is where the day stands, None when it is outside."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    today: str | None


def lay_out(windows: Sequence[WindowState], today: date) -> Timeline:
    """Place the windows on a line from the first day of any of them to the last."""
    if not windows:
        return Timeline((), (), None)
    spans = [(_first(window), _last(window, today)) for window in windows]
    first = min([window.planned.first for window in windows] + [start for start, _ in spans])
    last = max([window.planned.last for window in windows] + [end for _, end in spans])
    line = _Line(first, last)
    rows = tuple(
        Row(window, line.bar(window.planned.first, window.planned.last), line.bar(*span))
        for window, span in zip(windows, spans, strict=True)
    )
    ticks = tuple(Tick(day, line.place(day)) for day in _months(first, last))
    return Timeline(rows, ticks, line.place(today) if first <= today <= last else None)


@dataclass(frozen=True, slots=True)
class _Line:
    first: date
    last: date

    def place(self, day: date) -> str:
        return _percent((day - self.first).days / self._days)

    def bar(self, first: date, last: date) -> Bar:
        return Bar(self.place(first), _percent(((last - first).days + 1) / self._days))

    @property
    def _days(self) -> int:
        return (self.last - self.first).days + 1


def _first(window: WindowState) -> date:
    return window.opened_on or window.days.first


def _last(window: WindowState, today: date) -> date:
    """Find the day on which a window closed, or the last that it will have: today for one past its planned close."""
    if window.closed_on:
        return max(window.closed_on, _first(window))
    return max(window.days.last, today) if window.opened_on else window.days.last


def _months(first: date, last: date) -> list[date]:
    """List the first days of months inside, every second or third where they would stand too close."""
    months = list(_firsts_of_months(first, last))
    return months[:: -(-len(months) // MOST_TICKS) or 1]


def _firsts_of_months(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if day.day == 1:
            yield day
        day = (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)


def _percent(share: float) -> str:
    return f"{share:.2%}"

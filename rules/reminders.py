"""The reminder ladder: at which instants a deadline is spoken of, and to whom."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from operator import attrgetter
from zoneinfo import ZoneInfo

from config.calendars import Calendar
from config.definition.expressions import Span
from config.definition.ladder import Reminders, Rung
from config.errors import Refusal
from config.vocabulary import OfficerRole, SendDays
from rules.deadlines import ONE_DAY, count_from, last_allowed_day, local_day

INSTANT = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Step:
    """One instant of a ladder, in UTC, at which a send window opens.

    `rung` is the index in the campaign's list of rungs.
    """

    at: datetime
    rung: int
    to: frozenset[OfficerRole]


@dataclass(frozen=True, slots=True)
class Reached:
    """What a sweep finds on one ladder, and the first step still ahead.

    For each role to be told the highest rung, and the instant of the latest step.
    """

    rungs: Mapping[OfficerRole, int]
    latest: Mapping[OfficerRole, datetime]
    following: datetime | None


@dataclass(frozen=True, slots=True)
class SendSlot:
    """The hours of one local day in which messages may go out; instants in UTC, `closes` no longer inside."""

    day: date
    opens: datetime
    closes: datetime


class Ladder:
    """The rungs of a campaign, climbed on its calendar and in its zone.

    Rungs are counted from the last allowed day. A step on a day without sending moves forward to the next send
    window, and a repetition counts from the day to which the first was moved, so that moving does not swallow it.
    Repetitions past the end of the calendar are left out.
    Steps that meet at one instant become one: whoever any of them addresses is told, all of the highest of the rungs,
    because that is how far the work has climbed by then.

    Steps are kept for each deadline asked for: make one ladder a sweep and let go of it.
    """

    def __init__(self, reminders: Reminders, calendar: Calendar, zone: ZoneInfo) -> None:
        self._rungs = reminders.rungs
        self._window = reminders.window
        self._calendar = calendar
        self._zone = zone
        self._steps: dict[datetime, tuple[Step, ...]] = {}

    def steps(self, due_at: datetime) -> tuple[Step, ...]:
        """List the steps of a deadline, each later than the one before.

        Raises Refusal when the first step of a rung lies past the range of the calendar.
        """
        steps = self._steps.get(due_at)
        if steps is None:
            steps = self._steps[due_at] = self._climb(last_allowed_day(due_at, self._zone))
        return steps

    def first_after(self, due_at: datetime, instant: datetime) -> datetime | None:
        """Find the first step later than an instant."""
        steps = self.steps(due_at)
        return _instant_at(steps, bisect_right(steps, instant, key=INSTANT))

    def next_from(self, due_at: datetime, since: datetime) -> datetime | None:
        """Find the first step of a deadline that was made or moved at an instant: that instant itself counts."""
        steps = self.steps(due_at)
        return _instant_at(steps, bisect_left(steps, since, key=INSTANT))

    def again_at(self, due_at: datetime, instant: datetime) -> datetime | None:
        """Find the step at which work that rested is told of again: the last one by an instant, or else the first."""
        steps = self.steps(due_at)
        return _instant_at(steps, max(bisect_right(steps, instant, key=INSTANT) - 1, 0))

    def reached(self, due_at: datetime, since: datetime, now: datetime) -> Reached:
        """Merge the steps from one instant to another, both included, however many an outage has gathered."""
        steps = self.steps(due_at)
        begin = bisect_left(steps, since, key=INSTANT)
        end = bisect_right(steps, now, key=INSTANT)
        rungs: dict[OfficerRole, int] = {}
        latest: dict[OfficerRole, datetime] = {}
        for step in steps[begin:end]:
            for role in step.to:
                rungs[role] = max(step.rung, rungs.get(role, step.rung))
                latest[role] = step.at
        return Reached(rungs, latest, _instant_at(steps, end))

    def send_slot(self, instant: datetime) -> SendSlot:
        """Find the send window that holds an instant, or else the next one."""
        slot = self._slot_from(local_day(instant, self._zone))
        return slot if instant < slot.closes else self._slot_from(slot.day + ONE_DAY)

    def _climb(self, last: date) -> tuple[Step, ...]:
        merged: dict[datetime, Step] = {}
        for index, rung in enumerate(self._rungs):
            for at in self._instants(rung, last):
                told = merged[at].to if at in merged else frozenset()
                merged[at] = Step(at, index, told.union(rung.to))
        return tuple(sorted(merged.values(), key=INSTANT))

    def _instants(self, rung: Rung, last: date) -> Iterator[datetime]:
        first = self._slot_from(count_from(last, rung.at.offset, rung.at.unit, self._calendar))
        yield first.opens
        if rung.every is None:
            return
        for turn in range(1, rung.times):
            slot = self._later_slot(first.day, rung.every, 2**turn - 1 if rung.thinning else turn)
            if slot is None:
                return
            yield slot.opens

    def _later_slot(self, day: date, distance: Span, times: int) -> SendSlot | None:
        """Find the send window that is so many distances on; None past the end of the calendar."""
        if distance.count * times > (self._calendar.last - day).days:
            return None
        try:
            return self._slot_from(count_from(day, distance.count * times, distance.unit, self._calendar))
        except Refusal:
            return None

    def _slot_from(self, day: date) -> SendSlot:
        if self._window.days is SendDays.WORKING:
            day = self._calendar.workday_on_or_after(day)
        slot = SendSlot(day, self._instant(day, self._window.from_), self._instant(day, self._window.to))
        # A window that begins in the hour which a change of clocks leaves out may end before it begins: not that day.
        return slot if slot.opens < slot.closes else self._slot_from(day + ONE_DAY)

    def _instant(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._zone).astimezone(UTC)


def _instant_at(steps: tuple[Step, ...], position: int) -> datetime | None:
    return steps[position].at if position < len(steps) else None

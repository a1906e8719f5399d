"""The days of a window, as the instants that its row holds."""

from dataclasses import dataclass
from datetime import date, datetime

from actions.rulebook import Rulebook
from config.vocabulary import StageKind
from rules.deadlines import WindowDays, end_of, start_of
from rules.pace import check_day


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """The columns of a window that follow from its days."""

    first_day: date
    last_day: date
    opens_at: datetime
    closes_at: datetime
    check_at: datetime | None


def plan_window(days: WindowDays, kind: StageKind, rulebook: Rulebook) -> WindowPlan:
    """Turn local days into instants; a study window gets the instant at which its pace is checked."""
    zone = rulebook.zone
    checks = kind is StageKind.STUDY
    return WindowPlan(
        first_day=days.first,
        last_day=days.last,
        opens_at=start_of(days.first, zone),
        closes_at=end_of(days.last, zone),
        check_at=start_of(check_day(days, rulebook.calendar), zone) if checks else None,
    )

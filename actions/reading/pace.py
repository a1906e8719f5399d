"""Read which branches are below the pace that the calendar asks of a study window."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import func, select
from sqlmodel import Session, col

from actions.assignments.counters import settled_sums
from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from config.vocabulary import AT_WORK, StageKind
from models.assignment import Assignment
from models.branch import Branch
from models.database import snapshot
from models.queries import WindowPlace, find_window, windows_of
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from rules.deadlines import WindowDays, local_day
from rules.pace import asked_share, is_behind


@dataclass(frozen=True, slots=True)
class Behind:
    """A branch below the pace; `total` leaves out what was waived."""

    branch: str
    name: str
    unit: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Pace:
    """What a study window is asked by a day, as a share of its tasks, and who is behind."""

    window: str
    asked: Fraction
    behind: tuple[Behind, ...]


def read_window_pace(
    house: House, campaign: str, window: str, *, now: datetime, scope: Scope = EVERYTHING
) -> Pace | None:
    """Hold the branches inside a scope against the pace of one window; None unless it is a study window at work.

    Unknown for a campaign or a window that is not there.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place = find_window(session, rulebook.campaign, window)
        if place.stage.kind is not StageKind.STUDY or place.window.status not in AT_WORK:
            return None
        return pace_of(session, rulebook, place, now, scope)


def read_pace(house: House, campaign: str, *, now: datetime) -> tuple[Pace, ...]:
    """Hold every study window that is at work against its pace as of `now`; Refusal for an unknown campaign."""
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        return tuple(
            pace_of(session, rulebook, place, now)
            for place in windows_of(session, rulebook.campaign)
            if place.stage.kind is StageKind.STUDY and place.window.status in AT_WORK
        )


def pace_of(session: Session, rulebook: Rulebook, place: WindowPlace, now: datetime, scope: Scope = EVERYTHING) -> Pace:
    """Hold one window against its pace: the share of its working days that have passed, today included."""
    days = WindowDays(place.window.first_day, place.window.last_day)
    asked = asked_share(days, local_day(now, rulebook.zone), rulebook.calendar)
    behind = (branch for branch in _by_branch(session, place, scope) if is_behind(branch.done, branch.total, asked))
    return Pace(place.label, asked, tuple(behind))


def _by_branch(session: Session, place: WindowPlace, scope: Scope) -> list[Behind]:
    done, _, waived = settled_sums()
    query = (
        select(col(Branch.code), col(Branch.name), col(Unit.name), done, func.count() - waived)
        .select_from(Assignment)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(col(Assignment.window_id) == place.window.id, scope.branches)
        .group_by(col(Branch.code), col(Branch.name), col(Unit.name))
        .order_by(col(Branch.code))
    )
    rows = session.execute(query).tuples()
    return [Behind(branch, name, unit, int(done), int(total)) for branch, name, unit, done, total in rows]

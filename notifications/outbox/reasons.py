"""Why a line that was planned is no longer true, or not to be said to this reader now."""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlmodel import col

from config.vocabulary import (
    AssignmentStatus,
    ChannelStatus,
    DropReason,
    OfficerRole,
    ProblemStatus,
    Section,
    WindowStatus,
)
from models.assignment import Assignment
from models.base import choice
from models.branch import Branch
from models.dialects import table_of
from models.notice import Notice, NoticeLine
from models.officer import Channel, Officer
from models.parameters import NOTICES, NOW, among
from models.problem import Problem
from models.returned import is_passed_on
from models.silence import is_silenced
from models.unit import Unit
from models.window import Window
from notifications.absences import holds

WATCHING = ((Section.GROUP, OfficerRole.GROUP), (Section.COORDINATOR, OfficerRole.COORDINATOR))


def fallen_lines(away: CTE | None, has_silences: bool, has_returns: bool) -> Select[Any]:
    """Select the id of each line of NOTICES that has fallen by NOW, and its reason.

    Where nobody is away, nothing is silenced and nothing was passed on, which is mostly so, nothing of it need be
    looked up line by line.
    """
    reason = _reason(away, has_silences, has_returns)
    return (
        select(col(NoticeLine.id).label("id"), reason.label("reason"))
        .select_from(NoticeLine)
        .join(Notice, col(Notice.id) == NoticeLine.notice_id)
        .join(Assignment, col(Assignment.id) == NoticeLine.assignment_id, isouter=True)
        .join(Problem, col(Problem.id) == NoticeLine.problem_id, isouter=True)
        .join(Branch, col(Branch.id) == func.coalesce(col(Assignment.branch_id), col(Problem.branch_id)), isouter=True)
        .join(Window, col(Window.id) == NoticeLine.window_id, isouter=True)
        .join(Channel, col(Channel.id) == NoticeLine.channel_id, isouter=True)
        .where(among(col(NoticeLine.notice_id), NOTICES), col(NoticeLine.dropped).is_(None), reason.is_not(None))
    )


def _reason(away: CTE | None, has_silences: bool, has_returns: bool) -> ColumnElement[DropReason]:
    """Say why a line is no longer true; null while it is."""
    due_at = func.coalesce(col(Assignment.due_at), col(Problem.due_at))
    is_reminder = col(NoticeLine.rung).is_not(None)
    silenced = is_silenced(col(Branch.id), NOW) if has_silences else false()
    passed_on = is_passed_on(col(Assignment.task_id), col(Assignment.unit_id)) if has_returns else false()
    return case(
        (col(Assignment.status) == AssignmentStatus.DONE, _constant(DropReason.DONE)),
        (col(Assignment.status) == AssignmentStatus.WAIVED, _constant(DropReason.WAIVED)),
        (col(Problem.status) == ProblemStatus.SOLVED, _constant(DropReason.SOLVED)),
        (due_at.is_distinct_from(col(NoticeLine.due_at)), _constant(DropReason.EXTENDED)),
        (and_(is_reminder, passed_on), _constant(DropReason.FROZEN)),
        (_is_for_others(away), _constant(DropReason.REASSIGNED)),
        (and_(is_reminder, silenced), _constant(DropReason.SILENCED)),
        (col(Window.status) == WindowStatus.CLOSED, _constant(DropReason.CLOSED)),
        (col(Channel.status) == ChannelStatus.ACTIVE, _constant(DropReason.REACHABLE)),
        (_is_reached_again(), _constant(DropReason.REACHABLE)),
    )


def _is_reached_again() -> ColumnElement[bool]:
    """Tell whether an officer whom nothing reached has an active channel by now."""
    officer_id, channel = col(NoticeLine.unreached_id), table_of(Channel).alias("way")
    active = select(channel.c.id).where(channel.c.officer_id == officer_id, channel.c.status == ChannelStatus.ACTIVE)
    return and_(officer_id.is_not(None), active.correlate(table_of(NoticeLine)).exists())


def _constant(reason: DropReason) -> ColumnElement[DropReason]:
    return literal(reason, choice(DropReason))


def _is_for_others(away: CTE | None) -> ColumnElement[bool]:
    """Tell whether somebody else is to be told: by the branch's officer, its unit, and who is away on the day."""
    officer_id = col(Branch.officer_id)
    own_reader = officer_id if away is None else func.coalesce(_deputy_of(away, officer_id), officer_id)
    watches = (and_(col(NoticeLine.section) == section, ~_watches(away, role)) for section, role in WATCHING)
    return or_(
        and_(col(NoticeLine.section) == Section.OWN, own_reader.is_distinct_from(col(Notice.officer_id))), *watches
    )


def _deputy_of(
    away: CTE, officer_id: SQLColumnExpression[int | None] | SQLColumnExpression[int]
) -> ColumnElement[int | None]:
    """Find who is told instead of an officer as the notice's send window opens; null when the officer is there."""
    absent = away.alias()
    return (
        select(absent.c.deputy_id)
        .where(absent.c.officer_id == officer_id, holds(absent, col(Notice.sends_from)))
        .scalar_subquery()
    )


def _watches(away: CTE | None, role: OfficerRole) -> ColumnElement[bool]:
    """Tell whether the reader is told of the branch as one of a role, or for one of that role who is away."""
    reader = col(Notice.officer_id)
    if away is None:
        return _is_above(reader, role)
    absent = away.alias()
    instead = select(absent.c.officer_id).where(
        absent.c.deputy_id == reader, holds(absent, col(Notice.sends_from)), _is_above(absent.c.officer_id, role)
    )
    return or_(
        and_(_is_above(reader, role), _deputy_of(away, reader).is_(None)), instead.correlate_except(absent).exists()
    )


def _is_above(officer_id: SQLColumnExpression[int], role: OfficerRole) -> ColumnElement[bool]:
    """Tell whether an officer of a role answers for the unit that the work counts for, or for all of them."""
    officer = table_of(Officer).alias("watcher")
    scope, place = table_of(Unit).alias("scope"), table_of(Unit).alias("place")
    found = (
        select(officer.c.id)
        .select_from(officer)
        .join(place, place.c.id == func.coalesce(col(Assignment.unit_id), col(Branch.unit_id)))
        .join(scope, scope.c.id == officer.c.unit_id, isouter=True)
        .where(
            officer.c.id == officer_id,
            officer.c.role == role,
            or_(officer.c.unit_id.is_(None), func.substr(place.c.path, 1, func.length(scope.c.path)) == scope.c.path),
        )
    )
    return found.correlate_except(officer, scope, place).exists()

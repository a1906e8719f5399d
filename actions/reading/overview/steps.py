"""What there is to do next: what waits for a decision, and what holds the campaign up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from actions.reading.overview.ground import Ground
from actions.reading.overview.units import PartState
from actions.reading.overview.windows import WindowState
from config.definition.text import Text
from config.vocabulary import (
    AT_WORK,
    BranchStatus,
    ChannelStatus,
    NoticeStatus,
    RequestStatus,
    StageKind,
    StepKind,
    WindowStatus,
)
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Enrolment
from models.officer import Channel
from models.request import ExtensionRequest
from rules.pace import asked_share, is_behind
from rules.progress import Tally, overdue

FEW_BRANCHES = 2_000
"""So many branches are looked through for officers and channels; above that the gates say how many there are."""
MOST_CHASED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: about how many, and about which window (by codes and by names) or which unit."""

    kind: StepKind
    count: int
    stage: str | None = None
    title: Text | None = None
    wave: str | None = None
    wave_name: Text | None = None
    unit: str | None = None
    name: str | None = None
    asked: Fraction | None = None


def read_steps(
    ground: Ground,
    windows: Sequence[WindowState],
    parts: Sequence[PartState],
    reminders: Mapping[NoticeStatus, int],
    branches: int,
) -> tuple[Step, ...]:
    """Find what there is to do, what only waits for a decision first."""
    steps = [
        *_gates(windows),
        Step(StepKind.DECIDE_REQUESTS, _requests(ground)),
        Step(StepKind.RETRY_NOTICES, reminders[NoticeStatus.DEAD] + reminders[NoticeStatus.HELD]),
        *(_people(ground) if branches <= FEW_BRANCHES else ()),
        *_paces(ground, windows, parts),
        *_late(parts),
    ]
    return tuple(step for step in steps if step.count)


def _gates(windows: Sequence[WindowState]) -> Iterator[Step]:
    """Name the windows past their planned close: those that wait for an approval alone can be let go at once."""
    for window in windows:
        if window.status is not WindowStatus.HELD:
            continue
        kind = StepKind.APPROVE_GATE if window.waits_for_approval else StepKind.MEET_GATE
        yield Step(kind, 1, window.stage, window.title, window.wave, window.wave_name)


def _requests(ground: Ground) -> int:
    """Count what waits, request by request: there are few, and planners would begin with the assignments."""
    here = (
        select(col(Assignment.id))
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .where(
            col(Assignment.id) == ExtensionRequest.assignment_id,
            col(Assignment.window_id).in_(ground.window_ids),
            ground.branches,
        )
        .correlate(ExtensionRequest)
    )
    query = select(func.count()).where(col(ExtensionRequest.status) == RequestStatus.ASKED, here.exists())
    return ground.session.scalar(query.select_from(ExtensionRequest)) or 0


def _people(ground: Ground) -> Iterator[Step]:
    channel = select(col(Channel.id)).where(
        col(Channel.officer_id) == Branch.officer_id, col(Channel.status) == ChannelStatus.ACTIVE
    )
    has_officer = col(Branch.officer_id).is_not(None)
    yield Step(StepKind.GIVE_OFFICERS, _branches(ground, ~has_officer))
    yield Step(StepKind.GIVE_CHANNELS, _branches(ground, has_officer, ~channel.correlate(Branch).exists()))


def _branches(ground: Ground, *conditions: ColumnElement[bool]) -> int:
    query = (
        select(func.count())
        .select_from(Enrolment)
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .where(
            col(Enrolment.campaign_id) == ground.rulebook.campaign_id,
            col(Branch.status) == BranchStatus.ACTIVE,
            ground.branches,
            *conditions,
        )
    )
    return ground.session.scalar(query) or 0


def _paces(ground: Ground, windows: Sequence[WindowState], parts: Sequence[PartState]) -> Iterator[Step]:
    """Count the units that are below the pace of a study window, of those right below the one that is looked at."""
    for window in windows:
        kind = ground.rulebook.definition.stage(window.stage).kind
        if kind is not StageKind.STUDY or window.status not in AT_WORK:
            continue
        asked = asked_share(window.days, ground.today, ground.rulebook.calendar)
        tallies = (part.windows.get((window.stage, window.wave), Tally()) for part in parts)
        behind = sum(is_behind(tally.done, tally.total - tally.waived, asked) for tally in tallies)
        named = (window.stage, window.title, window.wave, window.wave_name)
        yield Step(StepKind.MEET_PACE, behind, *named, asked=asked)


def _late(parts: Sequence[PartState]) -> Iterator[Step]:
    worst = sorted(parts, key=lambda part: (-overdue(part.tally), part.part.unit))
    for part in worst[:MOST_CHASED]:
        yield Step(StepKind.CHASE_UNIT, overdue(part.tally), unit=part.part.unit, name=part.part.name)

"""The units right below the one that is looked at, and the branches of its own."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlmodel import col

from actions.assignments.counters import tally_sums
from actions.reading.overview.counts import BY_BRANCH, Count, Part, read_parts, tally_of
from actions.reading.overview.ground import WHOLE, Ground
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Enrolment
from models.officer import Officer
from models.unit import Unit
from rules.progress import Tally


@dataclass(frozen=True, slots=True)
class PartState:
    """A unit below, with what is done in it and all below it, by the stage and the wave of each window."""

    part: Part
    windows: Mapping[tuple[str, str], Tally]

    @property
    def tally(self) -> Tally:
        """Sum up what is done in all."""
        return sum(self.windows.values(), Tally())

    def of_stage(self, code: str) -> Tally:
        """Sum up what is done in a stage."""
        return sum((tally for (stage, _), tally in self.windows.items() if stage == code), Tally())


@dataclass(frozen=True, slots=True)
class BranchState:
    """A branch with what is done in the campaign, and its liaison officer; since `left_on` it takes part no more."""

    branch: str
    name: str
    officer: str | None
    officer_name: str | None
    left_on: date | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class Crumb:
    """A unit above the one that is looked at."""

    unit: str
    name: str


def part_states(ground: Ground, counts: Sequence[Count]) -> tuple[PartState, ...]:
    """Put together how the units below stand."""
    windows = {place.window.id: (place.stage.code, place.wave.code) for place in ground.places}
    found: defaultdict[str, defaultdict[tuple[str, str], list[Count]]] = defaultdict(lambda: defaultdict(list))
    for count in counts:
        found[count.part][windows[count.window_id]].append(count)
    parts = read_parts(ground)
    return tuple(
        PartState(parts[path], {window: tally_of(ground, group) for window, group in groups.items()})
        for path, groups in found.items()
    )


def read_branches(ground: Ground, *, limit: int, offset: int = 0) -> tuple[BranchState, ...]:
    """Read the branches of the unit's own that take part or did, those with most overdue first."""
    if ground.unit is None:
        return ()
    sums = tally_sums(ground.now)
    *_, due, due_done, _ = sums
    shown = (col(Branch.code), col(Branch.name), col(Officer.code), col(Officer.name), col(Enrolment.left_on))
    query = (
        select(*shown, *sums)
        .select_from(Enrolment)
        .with_hint(Assignment, BY_BRANCH, "sqlite")
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
        .join(
            Assignment,
            and_(col(Assignment.branch_id) == Branch.id, col(Assignment.window_id).in_(ground.window_ids)),
            isouter=True,
        )
        .where(
            col(Enrolment.campaign_id) == ground.rulebook.campaign_id,
            col(Branch.unit_id) == ground.unit.id,
            ground.scope.branches,
        )
        .group_by(*shown)
        .order_by(col(Enrolment.left_on).is_not(None), (due - due_done).desc(), col(Branch.code))
    )
    rows = ground.session.execute(query.limit(limit).offset(offset)).tuples()
    return tuple(
        BranchState(branch, name, officer, officer_name, left_on, Tally(*map(int, found)))
        for branch, name, officer, officer_name, left_on, *found in rows
    )


def read_crumbs(ground: Ground) -> tuple[Crumb, ...]:
    """Read the units above, from the highest that the scope reaches down."""
    if ground.unit is None:
        return ()
    codes = ground.unit.path.strip(WHOLE).split(WHOLE)[:-1]
    query = select(col(Unit.code), col(Unit.name)).where(col(Unit.code).in_(codes), ground.scope.units)
    names = dict(ground.session.execute(query).tuples().all())
    return tuple(Crumb(code, names[code]) for code in codes if code in names)

"""What a return is made of now: the answers of a unit's own branches, and the returns of the units right below."""

from collections import Counter as Sums
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from actions.assignments.locks import hold_work
from actions.returns.place import ReturnPlace
from actions.returns.versions import figures_of, latest_of
from config.said import Said, joined
from config.vocabulary import AssignmentStatus
from models.assignment import Assignment, Counter, FigureValue
from models.branch import Branch
from models.campaign import Task
from models.queries import below
from models.returned import UnitReturn
from models.unit import Unit
from models.window import Window

NAMED = 10
"""How many of those that are missing are named in one line."""

Steps = Mapping[str, int]
"""Figures by their codes, in the smallest steps of their kinds."""


@dataclass(frozen=True, slots=True)
class MissingWork:
    """A piece of work of an own branch that has not been done."""

    branch: str
    branch_name: str
    task: str


@dataclass(frozen=True, slots=True)
class PartBelow:
    """A unit right below, with its latest version; None where it has passed nothing on."""

    unit: str
    unit_name: str
    latest: UnitReturn | None
    figures: Steps

    @property
    def is_missing(self) -> bool:
        """Whether it has nothing that can be added up: it passed nothing on, or that was corrected since."""
        return self.latest is None or self.latest.outdated_at is not None


@dataclass(frozen=True, slots=True)
class Making:
    """What a return would be made of; `own` is what the unit's own branches answered.

    `has_work` tells whether anybody below has work in the stage at all.
    """

    own: Steps
    parts: tuple[PartBelow, ...]
    missing: tuple[MissingWork, ...]
    has_work: bool

    @property
    def figures(self) -> dict[str, int]:
        """The sums over all that is there."""
        return added_up([self.own, *(part.figures for part in self.parts if not part.is_missing)])

    @property
    def count_missing(self) -> int:
        """How many pieces of work and units are missing."""
        return len(self.missing) + sum(part.is_missing for part in self.parts)

    @property
    def who_is_missing(self) -> Said:
        """Name those that are missing, at most ten of them."""
        names = [*(part.unit_name for part in self.parts if part.is_missing)]
        names += [f"{work.branch_name} ({work.task})" for work in self.missing]
        shown = joined(", ", names[:NAMED])
        if len(names) <= NAMED:
            return shown
        return Said("{names} and {more} more", names=shown, more=len(names) - NAMED)


def making_of(session: Session, place: ReturnPlace) -> Making:
    """Read what a return would be made of."""
    at_work = _units_at_work(session, place)
    return Making(_own(session, place), _parts(session, place, at_work), _missing(session, place), bool(at_work))


def added_up(figures: Iterable[Steps]) -> dict[str, int]:
    """Add figures up by their codes; one that nobody gave is not there."""
    sums: Sums[str] = Sums()
    for each in figures:
        sums.update(each)
    return dict(sums)


def lock_answers(session: Session, place: ReturnPlace, *, incomplete: bool) -> None:
    """Let nobody change what the unit's own branches answered, until this transaction has ended.

    Where the return may go on `incomplete`, nor what is open below: reminders of it will rest.
    """
    tasks = select(col(Task.id)).where(col(Task.stage_id) == place.stage.id)
    held = col(Assignment.unit_id) == place.unit.id
    if incomplete:
        inside = col(Assignment.unit_id).in_(select(col(Unit.id)).where(below(place.unit)))
        held = or_(held, and_(inside, col(Assignment.status) == AssignmentStatus.OPEN))
    hold_work(session, col(Assignment.task_id).in_(tasks), held)


def _own(session: Session, place: ReturnPlace) -> Steps:
    query = (
        select(col(FigureValue.code), func.sum(col(FigureValue.value)))
        .join(Assignment, col(Assignment.id) == FigureValue.assignment_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .where(col(Task.stage_id) == place.stage.id, col(Assignment.unit_id) == place.unit.id)
        .group_by(col(FigureValue.code))
    )
    return {code: int(value) for code, value in session.execute(query).tuples()}


def _missing(session: Session, place: ReturnPlace) -> tuple[MissingWork, ...]:
    asking = [task.code for task in place.spec.tasks if task.figures]
    query = (
        select(col(Branch.code), col(Branch.name), col(Task.code))
        .select_from(Assignment)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .where(
            col(Task.stage_id) == place.stage.id,
            col(Task.code).in_(asking),
            col(Assignment.unit_id) == place.unit.id,
            col(Assignment.status) == AssignmentStatus.OPEN,
        )
        .order_by(col(Branch.code), col(Task.position))
    )
    return tuple(MissingWork(*row) for row in session.execute(query).tuples())


def _parts(session: Session, place: ReturnPlace, at_work: set[str]) -> tuple[PartBelow, ...]:
    """Read the units right below under which anybody has work in the stage."""
    children = session.execute(select(Unit).where(col(Unit.parent_id) == place.unit.id).order_by(col(Unit.path)))
    units = [unit for unit in children.scalars() if any(path.startswith(unit.path) for path in at_work)]
    latest = latest_of(session, place.stage.id, [unit.id for unit in units])
    figures = figures_of(session, [each.id for each in latest.values()])
    return tuple(
        PartBelow(unit.code, unit.name, found, figures.get(found.id, {}) if found else {})
        for unit in units
        for found in (latest.get(unit.id),)
    )


def _units_at_work(session: Session, place: ReturnPlace) -> set[str]:
    """Return the paths of the units below this one, itself included, for which work of the stage counts."""
    query = (
        select(col(Unit.path))
        .join(Counter, col(Counter.unit_id) == Unit.id)
        .join(Window, col(Window.id) == Counter.window_id)
        .where(col(Window.stage_id) == place.stage.id, below(place.unit))
        .distinct()
    )
    return set(session.execute(query).scalars())

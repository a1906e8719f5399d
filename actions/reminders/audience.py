"""Who is above a unit: whom its late work is escalated to, and who is told what happens there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from config.vocabulary import OfficerRole, Section
from models.branch import Branch
from models.dialects import in_chunks
from models.officer import Officer
from models.unit import Unit

SECTIONS = {
    OfficerRole.LIAISON: Section.OWN,
    OfficerRole.GROUP: Section.GROUP,
    OfficerRole.COORDINATOR: Section.COORDINATOR,
}


class Listener(NamedTuple):
    """An officer who is told of a unit's late work, in a section of the digest."""

    unit_id: int
    section: Section
    officer_id: int


def listeners(session: Session, unit_ids: Sequence[int]) -> list[Listener]:
    """List the guidance groups and coordinators of units.

    A group is the unit's own or else the nearest above it; coordinators are all those whose subtree the
    unit lies in, and those without a subtree.
    """
    groups, coordinators = _by_place(session, OfficerRole.GROUP), Overseers(session)
    found: list[Listener] = []
    for unit_id, path in _paths(session, unit_ids):
        nearest = next((groups[place] for place in _prefixes(path) if place in groups), [])
        found += (Listener(unit_id, Section.GROUP, officer_id) for officer_id in nearest)
        found += (Listener(unit_id, Section.COORDINATOR, officer_id) for officer_id in coordinators.of(path))
    return found


class Overseers:
    """The coordinators, found by the paths that their subtrees hold."""

    def __init__(self, session: Session) -> None:
        self._coordinators = _by_place(session, OfficerRole.COORDINATOR)

    def of(self, path: str) -> Iterable[int]:
        """List those whose subtree a path lies in, and those without a subtree, who alone answer for an empty one."""
        for place in (*_prefixes(path), ""):
            yield from self._coordinators.get(place, [])


def coordinators_of(session: Session, officers: Sequence[int]) -> set[tuple[int, int]]:
    """Pair officers with the coordinators above them: (coordinator, officer), and nobody with himself.

    Above a liaison officer are those over a unit of one of the branches, above a group or a coordinator
    those over the unit that is guided or coordinated.
    """
    if not officers:
        return set()
    overseers = Overseers(session)
    return {
        (coordinator, officer)
        for officer, path in _workplaces(session, officers)
        for coordinator in overseers.of(path)
        if coordinator != officer
    }


def _workplaces(session: Session, officers: Sequence[int]) -> Iterable[tuple[int, str]]:
    """Find where officers are at work: the paths of their branches' units, or of their own."""
    unit_id = case((col(Officer.role) == OfficerRole.LIAISON, col(Branch.unit_id)), else_=col(Officer.unit_id))
    for run in in_chunks(officers):
        query = (
            select(col(Officer.id), func.coalesce(col(Unit.path), ""))
            .join(Branch, col(Branch.officer_id) == Officer.id, isouter=True)
            .join(Unit, col(Unit.id) == unit_id, isouter=True)
            .where(col(Officer.id).in_(run))
            .distinct()
        )
        yield from session.execute(query).tuples()


def _paths(session: Session, unit_ids: Sequence[int]) -> Iterable[tuple[int, str]]:
    for run in in_chunks(unit_ids):
        query = select(col(Unit.id), col(Unit.path)).where(col(Unit.id).in_(run))
        yield from session.execute(query).tuples()


def _by_place(session: Session, role: OfficerRole) -> dict[str, list[int]]:
    """Return the officers of a role by the path of their unit, the empty path for those without one."""
    query = (
        select(col(Officer.id), col(Unit.path))
        .join(Unit, col(Unit.id) == Officer.unit_id, isouter=True)
        .where(col(Officer.role) == role)
        .order_by(col(Officer.id))
    )
    places: defaultdict[str, list[int]] = defaultdict(list)
    for officer_id, path in session.execute(query).tuples():
        places[path or ""].append(officer_id)
    return places


def _prefixes(path: str) -> Iterable[str]:
    """Go up from a path to the root: `/a/b/`, `/a/`."""
    codes = path.strip("/").split("/")
    return ("/" + "/".join(codes[:depth]) + "/" for depth in range(len(codes), 0, -1))

"""Whom a unit's late work is escalated to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from config.vocabulary import OfficerRole, Section
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
    groups, coordinators = _by_place(session, OfficerRole.GROUP), _by_place(session, OfficerRole.COORDINATOR)
    paths = session.execute(select(col(Unit.id), col(Unit.path)).where(col(Unit.id).in_(unit_ids)))
    found: list[Listener] = []
    for unit_id, path in paths.tuples():
        above = list(_prefixes(path))
        nearest = next((groups[place] for place in above if place in groups), [])
        found += (Listener(unit_id, Section.GROUP, officer_id) for officer_id in nearest)
        for place in (*above, ""):
            found += (Listener(unit_id, Section.COORDINATOR, officer_id) for officer_id in coordinators.get(place, []))
    return found


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

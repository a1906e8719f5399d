"""A registry file against what is there: units, officers and branches together."""

from dataclasses import dataclass

from sqlmodel import Session

from actions.house import House
from actions.registry.branches import BranchDiff, compare_branches
from actions.registry.officers import OfficerDiff, compare_officers
from actions.registry.successors import reject_mergers
from actions.registry.units import UnitDiff, compare_units
from config.registry import Registry, Rejection
from config.registry.officers import officers_of


@dataclass(frozen=True, slots=True)
class Differences:
    """What a file says otherwise than the tables, and the cells that cannot be taken, in the order of the rows.

    `skipped` counts the rows that are left out; without leave to skip rows, those that stand in the way.
    `is_hindered` when something stands in the way of writing.
    """

    units: UnitDiff
    officers: OfficerDiff
    branches: BranchDiff
    rejected: tuple[Rejection, ...]
    skipped: int
    is_hindered: bool


def compare(session: Session, house: House, registry: Registry, *, skip_rejected: bool = False) -> Differences:
    """Hold a registry against the tables; nothing is written.

    With `skip_rejected` the rows with a rejected cell are left out, as are those that need them. A unit that would be
    above itself stands in the way all the same: what was meant cannot be told row by row.
    """
    units = compare_units(session, registry)
    branches, places = registry.branches, set(registry.rejected_places)
    rejected = [*registry.rejected, *units.rejected]
    while True:
        named = registry.officers if branches is registry.branches else None
        officers = compare_officers(session, house, registry, named or officers_of(branches))
        rejected.extend(officers.rejected)
        places |= officers.rejected_places
        if not (skip_rejected and officers.rejected_places):
            break
        # Without these rows others may name an officer that nobody is told the name of.
        branches = branches.without(officers.rejected_places)
    for place, rejection in reject_mergers(session, registry, branches):
        rejected.append(rejection)
        places.add(place)
    branches = branches.without(places - set(registry.rejected_places)) if skip_rejected else branches
    order = {name: place for place, name in enumerate(registry.sheets)}
    rejected.sort(key=lambda found: (order[found.sheet], found.line))
    return Differences(
        units,
        officers,
        compare_branches(session, house.seal, branches),
        tuple(rejected),
        len(places),
        bool(units.rejected or (rejected and not skip_rejected)),
    )

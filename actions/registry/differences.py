"""A registry file against what is there: units, officers and branches together."""

from dataclasses import dataclass

from sqlmodel import Session

from actions.house import House
from actions.registry.branches import BranchDiff, compare_branches
from actions.registry.officers import OfficerDiff, compare_officers
from actions.registry.units import UnitDiff, compare_units
from config.registry import RegistrySheet, Rejection


@dataclass(frozen=True, slots=True)
class Differences:
    """What a file says otherwise than the tables, and the cells that cannot be taken, in the order of the lines."""

    units: UnitDiff
    officers: OfficerDiff
    branches: BranchDiff
    rejected: tuple[Rejection, ...]


def compare(session: Session, house: House, sheet: RegistrySheet) -> Differences:
    """Hold a sheet against the tables; nothing is written."""
    units = compare_units(session, sheet.rows)
    officers = compare_officers(session, house, sheet.rows)
    rejected = sorted((*sheet.rejected, *units.rejected, *officers.rejected))
    return Differences(units, officers, compare_branches(session, house.seal, sheet.rows), tuple(rejected))

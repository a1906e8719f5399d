"""Import a registry: units, branches and their officers from a sheet, all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, select

from actions.enrol_newcomers import enrol_newcomers, hold_windows
from actions.events import event_row, record
from actions.house import House
from actions.registry.activity import put_down, take_up
from actions.registry.branches import compare_branches, write_branches
from actions.registry.changes import change_events
from actions.registry.officers import compare_officers, write_officers
from actions.registry.units import compare_units, write_units
from config.registry import RegistrySheet, Rejection, read_registry
from config.vocabulary import EventKind
from models.database import snapshot, transaction
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in branches; with anything rejected it did nothing and says what it would have done."""

    new: int
    changed: int
    unchanged: int
    rejected: tuple[Rejection, ...]


def import_registry(house: House, file: Path, *, actor: str, now: datetime) -> Imported:
    """Import a registry file in one transaction; with any rejected row nothing is written.

    New active branches join the running campaigns, in their wave, from the local day of `now` on; a
    branch that moved takes its open work along, and what is done stays counted where it was done. The
    open work of a branch that is not active any more is waived, until it is active again. The same file
    again changes nothing. Raises RegistryFileError for a file that cannot be read.
    """
    with snapshot(house.engine) as session:
        known = session.exec(select(Unit.code)).all()
    sheet = read_registry(file, known)
    with transaction(house.engine) as session:
        return _import(session, house, sheet, actor, now)


def _import(session: Session, house: House, sheet: RegistrySheet, actor: str, now: datetime) -> Imported:
    units = compare_units(session, sheet.rows)
    officers = compare_officers(session, house, sheet.rows)
    branches = compare_branches(session, house.seal, sheet.rows)
    imported = Imported(
        new=len(branches.new),
        changed=len(branches.changed),
        unchanged=branches.unchanged,
        rejected=tuple(sorted((*sheet.rejected, *units.rejected, *officers.rejected))),
    )
    if imported.rejected or not (units or officers or branches):
        return imported
    write_units(session, units)
    write_officers(session, house, officers)
    hold_windows(session)
    write_branches(session, house.seal, branches)
    put_down(session, sorted(branches.left), actor=actor, now=now)
    take_up(session, house, sorted(branches.returned), actor=actor, now=now)
    joined = enrol_newcomers(session, house, returned=sorted(branches.returned), actor=actor, now=now)
    done = event_row(
        EventKind.REGISTRY_IMPORTED,
        "registry",
        at=now,
        actor=actor,
        after={"new": imported.new, "changed": imported.changed, "joined": joined},
    )
    record(session, *change_events(session, branches, officers, actor=actor, now=now), done)
    return imported

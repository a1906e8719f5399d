"""Import a registry: units, branches and their officers from a sheet, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, select

from actions.enrol_newcomers import enrol_newcomers, hold_windows
from actions.events import event_row, record
from actions.house import House
from actions.registry.activity import put_down, take_up
from actions.registry.branches import write_branches
from actions.registry.changes import change_events
from actions.registry.differences import compare
from actions.registry.officers import write_officers
from actions.registry.units import write_units
from config.registry import RegistrySheet, Rejection, read_registry, take_registry
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
    sheet = read_registry(file, known_units(house))
    with transaction(house.engine) as session:
        return _import(session, house, sheet, actor, now)


def import_sent(house: House, name: str, data: bytes, *, actor: str, now: datetime) -> Imported:
    """Import what somebody sent as a registry file, as `import_registry` does."""
    sheet = take_registry(name, data, known_units(house))
    with transaction(house.engine) as session:
        return _import(session, house, sheet, actor, now)


def known_units(house: House) -> Sequence[str]:
    """Return the codes of the units that there are: a file need not name them again."""
    with snapshot(house.engine) as session:
        return session.exec(select(Unit.code)).all()


def _import(session: Session, house: House, sheet: RegistrySheet, actor: str, now: datetime) -> Imported:
    found = compare(session, house, sheet)
    units, officers, branches = found.units, found.officers, found.branches
    imported = Imported(len(branches.new), len(branches.changed), branches.unchanged, found.rejected)
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

"""Import a registry: units, branches and their officers from a sheet, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, select

from actions.assignments.locks import keep_windows
from actions.enrol_newcomers import enrol_newcomers
from actions.events import event_row, record
from actions.house import House
from actions.registry.activity import MOVED, hold_work_of, put_down, take_up, waive_open
from actions.registry.branches import move_open_work, write_branches
from actions.registry.changes import change_events
from actions.registry.differences import Differences, compare
from actions.registry.officers import write_officers
from actions.registry.successors import hand_problems_over
from actions.registry.units import write_units
from config.registry import Registry, Rejection, read_registry, take_registry
from config.vocabulary import EventKind, OpenWork
from models.database import snapshot, transaction
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in branches; where it `is_hindered` it did nothing and says what it would have done.

    `changed` counts those that `moved` or `closed` too; `skipped` are rows that were left out.
    """

    new: int
    changed: int
    moved: int
    closed: int
    unchanged: int
    rejected: tuple[Rejection, ...]
    skipped: int = 0
    is_hindered: bool = False


def import_registry(
    house: House,
    file: Path,
    *,
    skip_rejected: bool = False,
    open_work: OpenWork = OpenWork.FOLLOW,
    actor: str,
    now: datetime,
) -> Imported:
    """Import a registry file in one transaction; with any rejected row nothing is written, unless those are skipped.

    New active branches join the running campaigns, in their wave, from the local day of `now` on. What is
    done stays counted where it was done; the open work of a branch that moved follows it or is waived, as
    `open_work` says. The open work of a branch that is not active any more is waived, until it is active again; of one
    that was merged into another, the open problems follow to that one where `open_work` says so. The same file again
    changes nothing. Raises SheetFileError for a file that cannot be read.
    """
    registry = read_registry(file, known_units(house))
    return import_read(house, registry, skip_rejected=skip_rejected, open_work=open_work, actor=actor, now=now)


def import_sent(
    house: House,
    name: str,
    data: bytes,
    *,
    skip_rejected: bool = False,
    open_work: OpenWork = OpenWork.FOLLOW,
    actor: str,
    now: datetime,
) -> Imported:
    """Import what somebody sent as a registry file, as `import_registry` does."""
    registry = take_registry(name, data, known_units(house))
    return import_read(house, registry, skip_rejected=skip_rejected, open_work=open_work, actor=actor, now=now)


def known_units(house: House) -> Sequence[str]:
    """Return the codes of the units that there are: a file need not name them again."""
    with snapshot(house.engine) as session:
        return session.exec(select(Unit.code)).all()


def import_read(
    house: House,
    registry: Registry,
    *,
    skip_rejected: bool = False,
    open_work: OpenWork = OpenWork.FOLLOW,
    actor: str,
    now: datetime,
) -> Imported:
    """Import what was read of a registry file, and perhaps looked at, as `import_registry` does."""
    with transaction(house.engine) as session:
        found = compare(session, house, registry, skip_rejected=skip_rejected)
        if not found.is_hindered and (found.units or found.officers or found.branches):
            _write(session, house, found, open_work, actor, now)
    branches = found.branches
    return Imported(
        len(branches.new),
        len(branches.changed),
        len(branches.moved),
        len(branches.left),
        branches.unchanged,
        found.rejected,
        found.skipped,
        found.is_hindered,
    )


def _write(session: Session, house: House, found: Differences, open_work: OpenWork, actor: str, now: datetime) -> None:
    branches, officers = found.branches, found.officers
    moved, left, returned = branches.moved, branches.left, branches.returned
    keep_windows(session)
    hold_work_of(session, [*moved, *left, *returned])
    write_units(session, found.units)
    added = write_officers(session, house, officers)
    write_branches(session, house.seal, branches, added)
    if open_work is OpenWork.FOLLOW:
        move_open_work(session, moved)
    else:
        waive_open(session, moved, MOVED, actor=actor, now=now)
    take_up(session, house, returned, actor=actor, now=now)
    joined = enrol_newcomers(session, house, returned=returned, actor=actor, now=now)
    # A successor may be a newcomer: it has to take part before anything can go to it.
    handed = hand_problems_over(session, branches.merged) if open_work is OpenWork.FOLLOW else {}
    put_down(session, left, actor=actor, now=now)
    counts = {"new": len(branches.new), "changed": len(branches.changed), "joined": joined}
    skipped = {"skipped": found.skipped} if found.skipped else {}
    done = event_row(EventKind.REGISTRY_IMPORTED, "registry", at=now, actor=actor, after=counts | skipped)
    record(session, *change_events(session, branches, officers, handed, actor=actor, now=now), done)

"""Import a registry: units, branches and their officers from a sheet, all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from actions.assignments.locks import keep_windows
from actions.enrol_newcomers import enrol_newcomers
from actions.events import event_row, record
from actions.house import House
from actions.leave import leave
from actions.registry.activity import MOVED, hold_work_of, put_down, take_up, waive_open
from actions.registry.branches import move_open_work, write_branches
from actions.registry.changes import change_events
from actions.registry.differences import Differences, compare
from actions.registry.officers import write_officers
from actions.registry.successors import hand_problems_over
from actions.registry.units import write_units
from config.registry import Registry, Rejection
from config.vocabulary import EventKind, OpenWork
from models.database import transaction


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
    registry: Registry,
    *,
    skip_rejected: bool = False,
    open_work: OpenWork = OpenWork.FOLLOW,
    actor: str,
    now: datetime,
) -> Imported:
    """Import what was read of a registry file, in one transaction; with any rejected row nothing, unless it is skipped.

    New active branches join the running campaigns, in their wave, from the local day of `now` on. What is
    done stays counted where it was done; the open work of a branch that moved follows it or is waived, as
    `open_work` says. A branch that is not active any more takes part no more, and its open work is waived, until it is
    active again; of one that was merged into another, the open problems follow to that one where `open_work` says so.
    The same file again changes nothing.
    """
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
    leave(session, house, left, branches.merged, now=now)
    counts = {"new": len(branches.new), "changed": len(branches.changed), "joined": joined}
    skipped = {"skipped": found.skipped} if found.skipped else {}
    done = event_row(EventKind.REGISTRY_IMPORTED, "registry", at=now, actor=actor, after=counts | skipped)
    record(session, *change_events(session, branches, officers, handed, actor=actor, now=now), done)

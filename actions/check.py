"""Check a campaign file against the calendar and the registry, before it is put to work."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlmodel import Session, col

from actions.house import House
from actions.reading.officers import is_reached
from config.calendars import Calendar, load_calendar
from config.definition.file import LoadedDefinition
from config.definition.schema import Definition
from config.documents import PathFault
from config.errors import CampaignFileError, Fault, Refusal
from config.said import Said
from config.vocabulary import BranchStatus
from models.branch import Branch
from models.database import snapshot
from models.officer import Officer
from models.queries import find_unit
from models.unit import Unit
from rules.deadlines import local_day
from rules.schedule import find_faults, find_warnings


@dataclass(frozen=True, slots=True)
class Checked:
    """A definition that can be launched: its waves placed, its calendar, and what may turn out otherwise."""

    definition: Definition
    calendar: Calendar
    warnings: tuple[Fault, ...]


def check_campaign(house: House, loaded: LoadedDefinition, *, now: datetime) -> Checked:
    """Check a campaign file as if it were launched at `now`; nothing is written."""
    with snapshot(house.engine) as session:
        return check_definition(session, house, loaded, now)


def check_definition(session: Session, house: House, loaded: LoadedDefinition, now: datetime) -> Checked:
    """Check a definition in an open transaction.

    Raises CampaignFileError with all faults together: deadlines that lie outside their windows, and units
    that are not in the registry.
    """
    definition = loaded.definition
    calendar = load_calendar(definition.calendar, house.settings.calendar_folder)
    placed = definition.resolve(local_day(now, definition.zone), calendar)
    faults = [*find_faults(placed, calendar), *_unknown_units(session, placed)]
    if faults:
        raise CampaignFileError(loaded.fault(path, message) for path, message in faults)
    doubts = [*find_warnings(placed, calendar), *_unchecked_units(session, placed)]
    warnings = [loaded.fault(path, message) for path, message in doubts]
    # Of the registry, whatever the file says: it names no line.
    warnings += [replace(loaded.fault((), message), line=None) for message in _unreached_officers(session)]
    return Checked(placed, calendar, tuple(warnings))


def _unknown_units(session: Session, definition: Definition) -> Iterator[PathFault]:
    if not _has_registry(session):
        return
    for position, wave in enumerate(definition.waves):
        for place, name in enumerate(wave.units):
            try:
                find_unit(session, name)
            except Refusal as refusal:
                yield ("waves", position, "units", place), refusal.said


def _unchecked_units(session: Session, definition: Definition) -> Iterator[PathFault]:
    if any(wave.units for wave in definition.waves) and not _has_registry(session):
        yield ("waves",), Said("its units could not be looked up: no registry has been imported yet")


def _unreached_officers(session: Session) -> Iterator[Said]:
    answering = exists().where(col(Branch.officer_id) == Officer.id, col(Branch.status) == BranchStatus.ACTIVE)
    count = select(func.count()).select_from(Officer).where(answering)
    if unreached := session.scalar(count.where(~is_reached())):
        words = "no active channel reaches {count} of {all} officers of branches: without one they are told nothing"
        yield Said(words, count=unreached, all=session.scalar(count))


def _has_registry(session: Session) -> bool:
    return session.scalar(select(col(Unit.id)).limit(1)) is not None

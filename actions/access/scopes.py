"""Work out what somebody may see, from the tree as it is now."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from config.vocabulary import OfficerRole
from models.officer import Officer
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from notifications.absences import absences_from

_PATH = select(col(Unit.path)).where(col(Unit.id) == bindparam("unit"))


def scope_of_unit(session: Session, unit_id: int | None) -> Scope:
    """Return the scope of a unit and all below it; everything where there is none."""
    if unit_id is None:
        return EVERYTHING
    return Scope(path=session.connection().execute(_PATH, {"unit": unit_id}).scalar_one())


def scope_of_officer(session: Session, officer: Officer, now: datetime) -> Scope:
    """Return what an officer answers for: a unit and all below it, or own branches and those of whom it stands in for.

    One level only, as with reminders: a deputy's deputy is not asked.
    """
    if officer.role is not OfficerRole.LIAISON:
        return scope_of_unit(session, officer.unit_id)
    away = (absence for absence in absences_from(session, now) if absence.starts_at <= now < absence.ends_at)
    stands_in_for = {absence.officer_id for absence in away if absence.deputy_id == officer.id}
    return Scope(officers=frozenset({officer.id, *stands_in_for}))

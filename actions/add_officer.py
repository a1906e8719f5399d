"""Add an officer, with a channel."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import select

from actions.events import event_row, record
from actions.house import House
from actions.registry.channels import add_channels, check_channel
from actions.registry.phones import check_phone
from config.definition.values import check_timezone
from config.errors import Refusal, WrongValue
from config.vocabulary import EventKind, Language, OfficerRole
from models.database import transaction
from models.officer import Officer
from models.queries import find_unit
from models.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer as a coordinator enters one; `unit` is a code or a unique name."""

    code: str
    name: str
    role: OfficerRole
    unit: str | None = None
    channel: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    language: Language | None = None
    timezone: str | None = None


def add_officer(house: House, new: NewOfficer, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> None:
    """Add an officer; phone and address are stored sealed and stand in no event.

    Whoever sees a part of the tree says a unit in it, or would not see the officer. Raises Refusal for a code
    that is taken, a unit that is unknown or outside the scope, an unknown time zone, a group without a unit,
    what is no telephone number, and an address of a service that cannot be used.
    """
    phone = check_phone(new.phone) if new.phone else None
    if new.role is OfficerRole.GROUP and not new.unit:
        raise Refusal("officer {officer}: a group guides a unit; say which", officer=new.code)
    if not scope.is_everything and not new.unit:
        raise Refusal("officer {officer}: belongs to a unit of yours; say which", officer=new.code)
    try:
        timezone = check_timezone(new.timezone or house.settings.timezone)
    except WrongValue as wrong:
        raise Refusal("officer {officer}: {why}", officer=new.code, why=wrong.said) from None
    channels = [check_channel(house, new.code, new.channel)] if new.channel else []
    with transaction(house.engine) as session:
        if session.exec(select(Officer).where(Officer.code == new.code)).one_or_none():
            raise Refusal("officer {officer}: there is one of this code already", officer=new.code)
        officer = Officer(
            code=new.code,
            name=new.name,
            role=new.role,
            unit_id=find_unit(session, new.unit, scope).id if new.unit else None,
            language=new.language or house.settings.language,
            timezone=timezone,
            phone=house.seal.close(phone) if phone else None,
        )
        session.add(officer)
        session.flush()
        add_channels(session, house, channels)
        added = event_row(
            EventKind.OFFICER_ADDED,
            new.code,
            at=now,
            actor=actor,
            after={"name": new.name, "role": new.role, "unit": new.unit},
        )
        record(session, added)

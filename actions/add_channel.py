"""Give an officer one more way to be reached."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from actions.events import event_row, record
from actions.house import House
from actions.registry.channels import add_channels, check_channel
from config.errors import Refusal
from config.said import Said
from config.vocabulary import ChannelStatus, EventKind, OnDoubt
from models.database import transaction
from models.officer import Channel, Officer
from models.queries import find_officer
from models.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it was entered; `on_doubt` where it is not to be as its service would have it."""

    officer: str
    url: str = field(repr=False)
    on_doubt: OnDoubt | None = None
    is_first: bool = False


def add_channel(house: House, address: Address, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> int:
    """Add an address after those that the officer has, or before them; return the channel's number.

    It is stored sealed and stands in no event. Raises Unknown for an officer who is not there, or not
    inside the scope, and Refusal for an address that cannot be used here, and for one that the officer has already.
    """
    checked = check_channel(house, address.officer, address.url)
    with transaction(house.engine) as session:
        officer = find_officer(session, address.officer, scope)
        _refuse_twice(session, house, officer, address.url)
        add_channels(session, house, [checked])
        channel = session.exec(_of(officer, house.seal.fingerprint(address.url))).one()
        channel.on_doubt = address.on_doubt or channel.on_doubt
        if address.is_first:
            others = select(Channel.rank).where(Channel.officer_id == officer.id, Channel.id != channel.id)
            channel.rank = min(session.exec(others).all(), default=channel.rank + 1) - 1
        session.add(channel)
        added = event_row(
            EventKind.CHANNEL_ADDED,
            officer.code,
            at=now,
            actor=actor,
            after={"channel": channel.id, "service": channel.service, "on_doubt": channel.on_doubt},
        )
        record(session, added)
        return channel.id


def _refuse_twice(session: Session, house: House, officer: Officer, url: str) -> None:
    there = session.exec(_of(officer, house.seal.fingerprint(url))).one_or_none()
    if there is None:
        return
    if there.status is ChannelStatus.DISABLED:
        raise Refusal(
            "officer {officer}: has it already as channel {number}, which is disabled",
            hint=Said("`rollcall channel enable {number}` takes it up again"),
            officer=officer.code,
            number=there.id,
        )
    raise Refusal("officer {officer}: has it already, as channel {number}", officer=officer.code, number=there.id)


def _of(officer: Officer, fingerprint: str) -> SelectOfScalar[Channel]:
    return select(Channel).where(col(Channel.officer_id) == officer.id, Channel.fingerprint == fingerprint)

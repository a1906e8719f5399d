"""Read the channels: whom they reach, how they stand, and nothing of their addresses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlmodel import Session, col

from actions.house import House
from config.errors import Refusal
from config.vocabulary import ChannelStatus, OnDoubt
from models.account import Account
from models.database import snapshot
from models.officer import Channel, Officer
from models.queries import find_channel, find_officer
from models.scope import EVERYTHING, Scope
from notifications.channels.services import service_called
from notifications.channels.wire.masking import ending_of


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel; `rank` says in which order an officer's are tried.

    `rate_count` messages in `rate_seconds` is what its account may send at most. `is_verified` is False
    where nobody reads what the provider answers. `paused_until` is past, or none, when nothing holds it.
    """

    channel: int
    officer: str
    officer_name: str
    service: str
    rank: int
    status: ChannelStatus
    on_doubt: OnDoubt
    is_verified: bool
    disabled_at: datetime | None
    disabled_reason: str | None
    rate_count: int | None
    rate_seconds: int | None
    paused_until: datetime | None
    paused_reason: str | None


def read_channels(
    house: House, *, officer: str | None = None, status: ChannelStatus | None = None
) -> tuple[ChannelState, ...]:
    """Read channels by officer, in the order in which they are tried; Refusal for an unknown officer."""
    with snapshot(house.engine) as session:
        query = _select_channels()
        if officer is not None:
            query = query.where(col(Channel.officer_id) == find_officer(session, officer).id)
        if status is not None:
            query = query.where(col(Channel.status) == status)
        return tuple(_state(*row) for row in session.execute(query))


def read_channel(house: House, number: int, scope: Scope = EVERYTHING) -> ChannelState:
    """Read one channel; Unknown when there is none of that number inside the scope."""
    with snapshot(house.engine) as session:
        channel, _ = find_channel(session, number, scope)
        return _state(*session.execute(_select_channels().where(col(Channel.id) == channel.id)).one())


def channels_of(session: Session, officer_id: int) -> tuple[ChannelState, ...]:
    """Read the channels of an officer in an open transaction, in the order in which they are tried."""
    query = _select_channels().where(col(Channel.officer_id) == officer_id)
    return tuple(_state(*row) for row in session.execute(query))


def endings_of(session: Session, house: House, officer_id: int) -> dict[int, str]:
    """Read how the addresses of an officer end; nothing of one that was sealed with another key."""
    query = select(col(Channel.id), col(Channel.address)).where(col(Channel.officer_id) == officer_id)
    return {number: _ending(house, sealed) for number, sealed in session.execute(query).tuples()}


def _ending(house: House, sealed: str) -> str:
    try:
        return ending_of(house.seal.open(sealed))
    except Refusal:
        return ""


def _select_channels() -> Select[tuple[Channel, str, str, Account]]:
    return (
        select(Channel, col(Officer.code), col(Officer.name), Account)
        .join(Officer, col(Officer.id) == Channel.officer_id)
        .join(Account, col(Account.id) == Channel.account_id, isouter=True)
        .order_by(col(Officer.code), col(Channel.rank), col(Channel.id))
    )


def _state(channel: Channel, officer: str, officer_name: str, account: Account | None) -> ChannelState:
    return ChannelState(
        channel=channel.id,
        officer=officer,
        officer_name=officer_name,
        service=channel.service,
        rank=channel.rank,
        status=channel.status,
        on_doubt=channel.on_doubt,
        is_verified=service_called(channel.service).is_verified,
        disabled_at=channel.disabled_at,
        disabled_reason=channel.disabled_reason,
        rate_count=account.rate_count if account else None,
        rate_seconds=account.rate_seconds if account else None,
        paused_until=account.paused_until if account else None,
        paused_reason=account.paused_reason if account else None,
    )

"""Read the channels: whom they reach, how they stand, and nothing of their addresses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from actions.house import House
from config.vocabulary import ChannelStatus, OnDoubt
from models.account import Account
from models.database import snapshot
from models.officer import Channel, Officer
from models.queries import find_officer
from notifications.channels.services import service_called


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
    query = (
        select(Channel, col(Officer.code), col(Officer.name), Account)
        .join(Officer, col(Officer.id) == Channel.officer_id)
        .join(Account, col(Account.id) == Channel.account_id, isouter=True)
        .order_by(col(Officer.code), col(Channel.rank), col(Channel.id))
    )
    with snapshot(house.engine) as session:
        if officer is not None:
            query = query.where(col(Channel.officer_id) == find_officer(session, officer).id)
        if status is not None:
            query = query.where(col(Channel.status) == status)
        return tuple(_state(*row) for row in session.execute(query).tuples())


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

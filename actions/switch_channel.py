"""Disable a channel, or take it up again."""

from datetime import datetime

from sqlmodel import Session, select

from actions.events import event_row, record
from actions.house import House
from config.errors import Stale
from config.vocabulary import ChannelStatus, EventKind
from models.database import transaction
from models.officer import Channel, Officer
from models.queries import find_channel
from models.scope import EVERYTHING, Scope


def disable_channel(
    house: House, number: int, *, reason: str, actor: str, now: datetime, scope: Scope = EVERYTHING
) -> None:
    """Send nothing through a channel any more; what waits for it goes by the officer's next one.

    Nobody is told of it, since whoever does this knows; but where the officer has no other, the next patrol
    tells the coordinators above, as of a channel that was given up. Raises Unknown for a channel that is not
    there, or not inside the scope, and Stale for one that is disabled already.
    """
    with transaction(house.engine) as session:
        channel, officer = _locked(session, number, scope)
        if channel.status is ChannelStatus.DISABLED:
            raise Stale(
                "channel {number}: disabled already, because: {reason}", number=number, reason=channel.disabled_reason
            )
        channel.status, channel.disabled_at, channel.disabled_reason = ChannelStatus.DISABLED, now, reason
        channel.is_reported = _is_reached(session, officer.id, channel.id)
        session.add(channel)
        facts = {"channel": number, "service": channel.service}
        kind = EventKind.CHANNEL_DISABLED
        record(session, event_row(kind, officer.code, at=now, actor=actor, after=facts, reason=reason))


def enable_channel(house: House, number: int, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> None:
    """Take a disabled channel up again; Unknown and Stale likewise."""
    with transaction(house.engine) as session:
        channel, officer = _locked(session, number, scope)
        if channel.status is ChannelStatus.ACTIVE:
            raise Stale("channel {number}: is active", number=number)
        before = {"reason": channel.disabled_reason, "disabled_at": channel.disabled_at}
        channel.status, channel.disabled_at, channel.disabled_reason = ChannelStatus.ACTIVE, None, None
        channel.is_reported = True
        session.add(channel)
        facts = {"channel": number, "service": channel.service}
        kind = EventKind.CHANNEL_ENABLED
        record(session, event_row(kind, officer.code, at=now, actor=actor, before=before, after=facts))


def _is_reached(session: Session, officer_id: int, but_for: int) -> bool:
    """Tell whether an officer has an active channel beside one."""
    others = (Channel.officer_id == officer_id, Channel.id != but_for, Channel.status == ChannelStatus.ACTIVE)
    return session.exec(select(Channel.id).where(*others).limit(1)).first() is not None


def _locked(session: Session, number: int, scope: Scope) -> tuple[Channel, Officer]:
    channel, officer = find_channel(session, number, scope)
    session.refresh(channel, with_for_update=True)
    return channel, officer

"""Give channels up that refuse every message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from config.vocabulary import ChannelStatus
from models.dialects import count_changed, table_of
from models.officer import Channel, Officer


@dataclass(frozen=True, slots=True)
class DisabledChannel:
    """A channel that was disabled, by its number: whose, on which service, and why in its provider's words."""

    channel: int
    officer: str
    service: str
    reason: str


def disable_channels(session: Session, reasons: Mapping[int, str], now: datetime) -> tuple[DisabledChannel, ...]:
    """Disable channels, by id, and return those that were active until now: of two workers one gets each.

    The coordinators have still to be told. What waits on such a channel goes on to the next when its turn
    comes, or with the next delivery.
    """
    channel = table_of(Channel)
    disabled: list[DisabledChannel] = []
    for key, reason in sorted(reasons.items()):
        values = {"status": ChannelStatus.DISABLED, "disabled_at": now, "disabled_reason": reason, "is_reported": False}
        is_mine = (channel.c.id == key) & (channel.c.status == ChannelStatus.ACTIVE)
        if count_changed(session, update(channel).where(is_mine).values(values)):
            whose = select(col(Officer.code), channel.c.service).join(Officer, col(Officer.id) == channel.c.officer_id)
            officer, service = session.execute(whose.where(channel.c.id == key)).one()
            disabled.append(DisabledChannel(key, officer, service, reason))
    return tuple(disabled)

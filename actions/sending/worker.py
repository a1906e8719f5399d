"""One worker's steps through the outbox: claim, begin and settle, each in a transaction of its own."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session

from actions.cancel_untrue import record_cancelled
from actions.events import event_row, record
from actions.house import House
from actions.sending.flights import Begun, Clock, Landing
from actions.sending.shipments import Shipment, make_ready
from config.vocabulary import EventKind
from models.database import transaction
from notifications.outbox.begin import begin_sending, take_back
from notifications.outbox.claim import Claim, Pace, claim
from notifications.outbox.disabling import DisabledChannel
from notifications.outbox.policy import LEASE
from notifications.outbox.report import NOTHING, DeliveryReport
from notifications.outbox.settle import settle

DELIVERY = "delivery"
"""The actor of what no person did on the way out."""

BATCH = {Pace.TOGETHER: 264, Pace.ONE_BY_ONE: 20}
MARGIN = timedelta(minutes=1)


def _new_token() -> str:
    """Make a token that nobody else has; it begins with the number of this process, for people who look for it."""
    return f"{os.getpid():08x}{uuid4().hex[8:]}"


@dataclass
class Worker:
    """The outbox's steps of one worker: what it did, and whether there was anything to do.

    One thread may claim while another takes its turns.
    """

    house: House
    pace: Pace
    clock: Clock
    token: str = field(default_factory=_new_token)
    has_found: bool = False
    _done: list[DeliveryReport] = field(default_factory=list)

    @property
    def report(self) -> DeliveryReport:
        """What it did so far."""
        return sum(self._done, NOTHING)

    def claim(self) -> tuple[Shipment, ...]:
        """Claim a batch; none where nothing is to be sent now."""
        while True:
            now = self.clock()
            with transaction(self.house.engine) as session:
                claimed = self._claim(session, now)
            done = DeliveryReport(cancelled=claimed.cancelled.total()) + claimed.report
            self._done.append(done)
            self.has_found |= bool(claimed.parcels) or done != NOTHING
            if claimed.parcels or done == NOTHING:
                return tuple(make_ready(self.house, parcel) for parcel in claimed.parcels)

    def _claim(self, session: Session, now: datetime) -> Claim:
        limit = BATCH[self.pace]
        claimed = claim(session, self.token, now, limit=limit, pace=self.pace, pages=self.house.pages)
        record_cancelled(session, claimed.cancelled, actor=DELIVERY, now=now)
        return claimed

    def turn(self, landing: Landing, flight: Sequence[Shipment]) -> Begun:
        """Settle what landed and begin a flight, in one transaction; return what of it may leave, and until when."""
        now = self.clock()
        if not landing.count and not flight:
            return Begun((), now)
        with transaction(self.house.engine) as session:
            report = settle_landing(session, self.token, landing, now)
            mine = begin_sending(session, self.token, now, [shipment.delivery_id for shipment in flight])
        self._done.append(report)
        return Begun([shipment for shipment in flight if shipment.delivery_id in mine], now + LEASE - MARGIN)


def settle_landing(session: Session, token: str, landing: Landing, now: datetime) -> DeliveryReport:
    """Settle what landed of the flights of a worker, as far as it is that worker's still; repeatable."""
    settled = settle(session, token, now, landing.verdicts)
    take_back(session, token, now, landing.untried)
    record(session, *(_disabled(channel, now) for channel in settled.disabled))
    return settled.report


def _disabled(channel: DisabledChannel, now: datetime) -> dict[str, object]:
    return event_row(
        EventKind.CHANNEL_DISABLED,
        channel.officer,
        at=now,
        actor=DELIVERY,
        after={"channel": channel.channel, "service": channel.service},
        reason=channel.reason,
    )

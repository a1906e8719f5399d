"""Deliver notices: the outbox's steps, each in a transaction of its own, and the calls between them."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session

from actions.cancel_untrue import record_cancelled
from actions.events import event_row, record
from actions.house import House
from actions.sending.flights import Begun, Clock, Crew, Landing, make_flights
from actions.sending.shipments import Shipment, make_ready
from config.vocabulary import EventKind
from models.database import snapshot, transaction
from models.dialects import in_chunks
from notifications.outbox.begin import begin_sending, take_back
from notifications.outbox.claim import Claim, Pace, claim
from notifications.outbox.disabling import DisabledChannel
from notifications.outbox.policy import LEASE
from notifications.outbox.queue import enqueue, is_anything_to_enqueue
from notifications.outbox.recover import recover
from notifications.outbox.report import NOTHING, DeliveryReport
from notifications.outbox.settle import settle
from notifications.outbox.stranded import find_stranded, move_on
from notifications.outbox.waiting import Waiting, find_waiting

DELIVERY = "delivery"
"""The actor of what no person did on the way out."""

BATCH = {Pace.TOGETHER: 256, Pace.ONE_BY_ONE: 20}
FLIGHT = {Pace.TOGETHER: 64, Pace.ONE_BY_ONE: 1}
"""How many messages are begun and settled together.

A worker that is killed leaves as many in doubt, and twice as many where the next flight is begun ahead.
"""

AT_ONCE = 8
"""How many of a flight are on their way at once, at the most."""

MARGIN = timedelta(minutes=1)


def recover_deliveries(house: House, now: datetime) -> DeliveryReport:
    """Take back what workers that died were holding; repeatable."""
    with transaction(house.engine) as session:
        return recover(session, now)


def enqueue_notices(house: House, now: datetime) -> DeliveryReport:
    """Put the notices whose hour has come into the outbox; repeatable."""
    with snapshot(house.engine) as session:
        if not is_anything_to_enqueue(session, now):
            return DeliveryReport()
    with transaction(house.engine) as session:
        return enqueue(session, now)


def move_on_stranded(house: House, now: datetime) -> DeliveryReport:
    """Let what waits on a channel that was disabled go on to the next, whenever its turn would come; repeatable."""
    with snapshot(house.engine) as session:
        found = find_stranded(session, now)
    report = DeliveryReport()
    for deliveries in in_chunks(found):
        with transaction(house.engine) as session:
            report += move_on(session, deliveries, now)
    return report


def read_waiting(house: House, now: datetime) -> Waiting:
    """Read how many deliveries could go but for their turn, and when the first may."""
    with snapshot(house.engine) as session:
        return find_waiting(session, now)


def deliver_batch(house: House, pace: Pace, clock: Clock) -> DeliveryReport | None:
    """Claim a batch, send it and settle it; None when there was nothing to claim.

    Killed at any point it loses nothing: what was not committed as being sent goes again, and what was, a
    flight at most, is settled by `recover_deliveries` once its lease has run out.
    """
    token = _new_token()
    claimed = _claim(house, token, pace, clock())
    report = DeliveryReport(cancelled=claimed.cancelled.total()) + claimed.report
    if not claimed.parcels:
        return None if report == DeliveryReport() else report
    shipments = [make_ready(house, parcel) for parcel in claimed.parcels]
    turns = _Turns(house, token, clock)
    with ThreadPoolExecutor(AT_ONCE + 1) as executor:
        crew = Crew(executor, AT_ONCE, clock)
        send = _SENDING[pace]
        return report + send(turns, make_flights(shipments, FLIGHT[pace]), crew)


def _new_token() -> str:
    """Make a token that nobody else has; it begins with the number of this process, for people who look for it."""
    return f"{os.getpid():08x}{uuid4().hex[8:]}"


def _claim(house: House, token: str, pace: Pace, now: datetime) -> Claim:
    with transaction(house.engine) as session:
        claimed = claim(session, token, now, limit=BATCH[pace], pace=pace, pages=house.pages)
        record_cancelled(session, claimed.cancelled, actor=DELIVERY, now=now)
    return claimed


@dataclass
class _Turns:
    """Between flights: what became of one is committed together with the beginning of another."""

    house: House
    token: str
    clock: Clock
    report: DeliveryReport = NOTHING

    def take(self, landing: Landing, flight: Sequence[Shipment]) -> Begun:
        """Settle what landed and begin a flight, in one transaction; return what of it may leave, and until when."""
        now = self.clock()
        with transaction(self.house.engine) as session:
            report = _settle(session, self.token, landing, now)
            mine = begin_sending(session, self.token, now, [shipment.delivery_id for shipment in flight])
        self.report += report
        return Begun([shipment for shipment in flight if shipment.delivery_id in mine], now + LEASE - MARGIN)


def _send_one_by_one(turns: _Turns, flights: Iterable[Sequence[Shipment]], crew: Crew) -> DeliveryReport:
    """Begin nothing before it is known what became of the one before."""
    landing = Landing()
    for flight in (*flights, ()):
        landing = crew.fly(turns.take(landing, flight))
    return turns.report


def _send_together(turns: _Turns, flights: Iterable[Sequence[Shipment]], crew: Crew) -> DeliveryReport:
    """Begin the next flight, and settle the one before, while one is on its way: the database works meanwhile."""
    first, *others = flights
    landing, begun = Landing(), turns.take(Landing(), first)
    for flight in (*others, ()):
        flying = crew.launch(begun)
        begun = turns.take(landing, flight)
        landing = flying.result()
    turns.take(landing, ())
    return turns.report


_SENDING = {Pace.TOGETHER: _send_together, Pace.ONE_BY_ONE: _send_one_by_one}


def _settle(session: Session, token: str, landing: Landing, now: datetime) -> DeliveryReport:
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

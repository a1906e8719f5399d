"""Deliver notices: the outbox's steps, each in a transaction of its own, and the calls between them."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session

from actions.cancel_untrue import record_cancelled
from actions.events import event_row, record
from actions.house import House
from actions.sending.flights import Clock, Crew, Landing, make_flights
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
from notifications.outbox.report import DeliveryReport
from notifications.outbox.settle import settle
from notifications.outbox.stranded import find_stranded, move_on
from notifications.outbox.waiting import Waiting, find_waiting

DELIVERY = "delivery"
"""The actor of what no person did on the way out."""

BATCH = {Pace.TOGETHER: 256, Pace.ONE_BY_ONE: 20}
FLIGHT = {Pace.TOGETHER: 64, Pace.ONE_BY_ONE: 1}
"""How many messages are begun and settled together: as many as a worker that is killed may leave in doubt."""

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
    with ThreadPoolExecutor(AT_ONCE) as executor:
        crew = Crew(executor, AT_ONCE, clock)
        return report + _send(house, token, make_flights(shipments, FLIGHT[pace]), crew, clock)


def _new_token() -> str:
    """Make a token that nobody else has; it begins with the number of this process, for people who look for it."""
    return f"{os.getpid():08x}{uuid4().hex[8:]}"


def _claim(house: House, token: str, pace: Pace, now: datetime) -> Claim:
    with transaction(house.engine) as session:
        claimed = claim(session, token, now, limit=BATCH[pace], pace=pace, pages=house.pages)
        record_cancelled(session, claimed.cancelled, actor=DELIVERY, now=now)
    return claimed


def _send(house: House, token: str, flights: Iterable[Sequence[Shipment]], crew: Crew, clock: Clock) -> DeliveryReport:
    """Send flight after flight: what became of one is committed together with the beginning of the next."""
    report = DeliveryReport()
    landing = Landing()
    for flight in (*flights, ()):
        now = clock()
        with transaction(house.engine) as session:
            report += _settle(session, token, landing, now)
            mine = begin_sending(session, token, now, [shipment.delivery_id for shipment in flight])
        going = [shipment for shipment in flight if shipment.delivery_id in mine]
        landing = crew.fly(going, latest=now + LEASE - MARGIN)
    return report


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

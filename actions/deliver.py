"""Deliver notices: the outbox's steps, each in a transaction of its own, and the calls between them."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import chain

from actions.house import House
from actions.sending.flights import Begun, Clock, Crew, Landing, make_flights
from actions.sending.logbook import Logbook, left_behind
from actions.sending.shipments import Shipment
from actions.sending.worker import Worker, settle_landing
from models.database import snapshot, transaction
from models.dialects import in_chunks
from notifications.outbox.claim import Pace
from notifications.outbox.queue import enqueue, is_anything_to_enqueue
from notifications.outbox.recover import recover
from notifications.outbox.report import DeliveryReport
from notifications.outbox.stranded import find_stranded, move_on
from notifications.outbox.waiting import Waiting, find_waiting

FLIGHT = {Pace.TOGETHER: 88, Pace.ONE_BY_ONE: 1}
"""How many messages are begun and settled together."""

AT_ONCE = 8
"""How many of a flight are on their way at once, at the most: so many may arrive twice when a worker is killed."""


def recover_deliveries(house: House, now: datetime) -> DeliveryReport:
    """Settle what workers that died had noted, and take back what they were holding; repeatable."""
    report = DeliveryReport()
    for token, verdicts in left_behind(house.home):
        with transaction(house.engine) as session:
            report += settle_landing(session, token, Landing(dict(verdicts)), now)
    with transaction(house.engine) as session:
        return report + recover(session, now)


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


def deliver_some(house: House, pace: Pace, clock: Clock) -> DeliveryReport | None:
    """Claim, send and settle: one batch of what goes one by one, of the other batch after batch; None without any.

    Killed at any point it loses nothing: what was not committed as being sent goes again, and what was is settled by
    `recover_deliveries`: what was answered at once, from the logbook, and the rest of two flights at most once its
    lease has run out.
    """
    worker = Worker(house, pace, clock)
    # Beside those who hand messages over, one waits for them, and one claims.
    with Logbook(house.home, worker.token) as logbook, ThreadPoolExecutor(AT_ONCE + 2) as executor:
        _SENDING[pace](worker, Crew(executor, AT_ONCE, clock, logbook.note))
    return worker.report if worker.has_found else None


def _send_one_by_one(worker: Worker, crew: Crew) -> None:
    """Begin nothing before it is known what became of the one before."""
    landing = Landing()
    for flight in (*make_flights(worker.claim(), FLIGHT[Pace.ONE_BY_ONE]), ()):
        landing = crew.fly(worker.turn(landing, flight))


def _send_together(worker: Worker, crew: Crew) -> None:
    """While one flight is on its way, settle the one before and begin the one that follows."""
    landing, flying = Landing(), crew.launch(Begun((), worker.clock()))
    for flight in chain(_flights(worker, crew), ((), ())):  # after the last, two turns without a flight settle two
        begun = worker.turn(landing, flight)
        landing, flying = flying.result(), crew.launch(begun)


def _flights(worker: Worker, crew: Crew) -> Iterator[Sequence[Shipment]]:
    """Claim batch after batch, each while the one before leaves: else nothing would, for as long as that takes."""
    coming = crew.beside(worker.claim)
    while batch := coming.result():
        coming = crew.beside(worker.claim)
        yield from make_flights(batch, FLIGHT[Pace.TOGETHER])


_SENDING = {Pace.TOGETHER: _send_together, Pace.ONE_BY_ONE: _send_one_by_one}

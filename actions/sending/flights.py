"""Flights: messages that are begun and settled together."""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import TypeVar

from actions.sending.shipments import Shipment
from models.dialects import in_chunks
from notifications.channels.message import Verdict
from notifications.outbox.policy import makes_rest

Clock = Callable[[], datetime]

Result = TypeVar("Result")

Note = Callable[[int, Verdict], None]
"""Write down at once what became of a delivery."""

IDLE_SECONDS = 0.003
"""One more of a crew joins when nobody has been answered for so long."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A flight whose beginning is committed; nothing of it may leave from `latest` on."""

    shipments: Sequence[Shipment]
    latest: datetime


@dataclass(slots=True)
class Landing:
    """What became of a flight: the verdicts by delivery, and the deliveries that were not tried."""

    verdicts: dict[int, Verdict] = field(default_factory=dict)
    untried: list[int] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many have landed so far."""
        return len(self.verdicts) + len(self.untried)


def make_flights(shipments: Sequence[Shipment], size: int) -> Iterable[Sequence[Shipment]]:
    """Cut shipments into flights, accounts taking turns: one that does not answer fills none of them by itself."""
    by_account: defaultdict[int | None, list[Shipment]] = defaultdict(list)
    for shipment in shipments:
        by_account[shipment.account_id].append(shipment)
    rounds = zip_longest(*by_account.values())
    return in_chunks([shipment for each in rounds for shipment in each if shipment is not None], size)


class Crew:
    """So many who hand the shipments of a flight over; each takes the next that waits when its own was answered.

    There are as many of them at it as providers keep waiting. Where these answer at once, one is faster than
    several: they would only take the interpreter from one another at every packet.
    """

    def __init__(self, executor: Executor, size: int, clock: Clock, note: Note) -> None:
        self._executor = executor
        self._size = size
        self._clock = clock
        self._note = note
        self._resting: frozenset[int] = frozenset()

    def beside(self, act: Callable[[], Result]) -> Future[Result]:
        """Let an act run beside the flights."""
        return self._executor.submit(act)

    def launch(self, flight: Begun) -> Future[Landing]:
        """Let a flight leave, without waiting until it has landed; one at a time."""
        return self._executor.submit(self.fly, flight)

    def fly(self, flight: Begun) -> Landing:
        """Hand the shipments of a flight over.

        Not tried is what did not have its turn in time, and what would go through an account that throttled,
        or was out of reach, in this flight or in the one before: that was not known yet when this one was begun.
        Of those before, the database knows until when they rest.
        """
        waiting = deque(flight.shipments)
        landing = Landing()
        before, resting = self._resting, set[int]()

        def work() -> None:
            while True:
                try:
                    shipment = waiting.popleft()
                except IndexError:
                    return
                if shipment.account_id in before or shipment.account_id in resting:
                    landing.untried.append(shipment.delivery_id)
                else:
                    self._hand_over(shipment, flight.latest, landing, resting)

        if len(waiting) > 1:
            self._let_work(work, waiting, landing)
        else:
            work()  # the caller needs nobody else for a single message
        self._resting = frozenset(resting)
        return landing

    def _let_work(self, work: Callable[[], None], waiting: Collection[Shipment], landing: Landing) -> None:
        """Begin with one, and let others join while shipments wait and none lands."""
        hands = [self._executor.submit(work)]
        while waiting and len(hands) < self._size:
            landed = landing.count
            wait(hands, IDLE_SECONDS)
            if landing.count == landed:
                hands.append(self._executor.submit(work))
        for hand in hands:
            hand.result()

    def _hand_over(self, shipment: Shipment, latest: datetime, landing: Landing, resting: set[int]) -> None:
        now = self._clock()
        if now >= latest:
            landing.untried.append(shipment.delivery_id)
            return
        verdict = shipment.hand_over(now)
        self._note(shipment.delivery_id, verdict)
        if shipment.account_id is not None and makes_rest(verdict):
            resting.add(shipment.account_id)
        landing.verdicts[shipment.delivery_id] = verdict

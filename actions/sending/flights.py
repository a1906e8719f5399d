"""Flights: messages that are begun and settled together; a worker that dies leaves no more than one in doubt."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from time import monotonic
from typing import NamedTuple

from actions.sending.shipments import Shipment
from models.dialects import in_chunks
from notifications.channels.message import Verdict

Clock = Callable[[], datetime]

AT_ONCE = 0.005
"""Seconds within which an answer comes at once."""


@dataclass(slots=True)
class Landing:
    """What became of a flight: the verdicts by delivery, and the deliveries that were not tried."""

    verdicts: dict[int, Verdict] = field(default_factory=dict)
    untried: list[int] = field(default_factory=list)


class _Answer(NamedTuple):
    """What became of a shipment, None where it was not tried, and whether it took long."""

    verdict: Verdict | None
    is_slow: bool


def make_flights(shipments: Sequence[Shipment], size: int) -> Iterable[Sequence[Shipment]]:
    """Cut shipments into flights, accounts taking turns: one that does not answer fills none of them by itself."""
    by_account: defaultdict[int | None, list[Shipment]] = defaultdict(list)
    for shipment in shipments:
        by_account[shipment.account_id].append(shipment)
    rounds = zip_longest(*by_account.values())
    return in_chunks([shipment for each in rounds for shipment in each if shipment is not None], size)


class Crew:
    """Those who hand the shipments of a flight over: one alone while all is answered at once, or as many as there are.

    Where a provider answers within a few milliseconds, handing the work to threads costs more than it saves;
    where it thinks, they wait for it together.
    """

    def __init__(self, executor: Executor, clock: Clock) -> None:
        self._executor = executor
        self._clock = clock
        self._is_slow = False

    def fly(self, flight: Sequence[Shipment], latest: datetime) -> Landing:
        """Hand the shipments of a flight over.

        Not tried is what did not have its turn before `latest`, and what would go through an account that
        another of them has just found out of reach.
        """
        down: set[int | None] = set()
        landing = Landing()
        rest = deque(flight)
        while rest and not self._is_slow:
            self._is_slow = self._land(landing, rest[0], self._hand_over(rest.popleft(), down, latest))
        answers = self._executor.map(lambda shipment: self._hand_over(shipment, down, latest), rest)
        slow = [self._land(landing, shipment, answer) for shipment, answer in zip(rest, answers, strict=True)]
        self._is_slow = any(slow) if slow else self._is_slow
        return landing

    def _hand_over(self, shipment: Shipment, down: set[int | None], latest: datetime) -> _Answer:
        began = monotonic()
        now = self._clock()
        if shipment.account_id in down or now >= latest:
            return _Answer(None, is_slow=False)
        verdict = shipment.hand_over(now)
        if verdict.is_account_down and shipment.account_id is not None:
            down.add(shipment.account_id)
        return _Answer(verdict, is_slow=monotonic() - began > AT_ONCE)

    def _land(self, landing: Landing, shipment: Shipment, answer: _Answer) -> bool:
        """Put down what became of a shipment; tell whether it took long."""
        if answer.verdict is None:
            landing.untried.append(shipment.delivery_id)
        else:
            landing.verdicts[shipment.delivery_id] = answer.verdict
        return answer.is_slow

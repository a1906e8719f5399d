"""Flights: so few messages at once that a worker that dies leaves no more than these in doubt."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from actions.sending.shipments import Shipment
from models.dialects import in_chunks
from notifications.channels.message import Verdict

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Landing:
    """What became of a flight: the verdicts by delivery, and the deliveries that were not tried."""

    verdicts: dict[int, Verdict] = field(default_factory=dict)
    untried: list[int] = field(default_factory=list)


def make_flights(shipments: Sequence[Shipment], size: int) -> Iterable[Sequence[Shipment]]:
    """Cut shipments into flights, accounts taking turns: one that does not answer fills none of them by itself."""
    by_account: defaultdict[int | None, list[Shipment]] = defaultdict(list)
    for shipment in shipments:
        by_account[shipment.account_id].append(shipment)
    rounds = zip_longest(*by_account.values())
    return in_chunks([shipment for each in rounds for shipment in each if shipment is not None], size)


def fly(flight: Sequence[Shipment], crew: Executor, clock: Clock, latest: datetime) -> Landing:
    """Hand the shipments of a flight over, all at once.

    Not tried is what did not have its turn before `latest`, and what would go through an account that
    another of them has just found out of reach.
    """
    down: set[int | None] = set()

    def hand_over(shipment: Shipment) -> Verdict | None:
        now = clock()
        if shipment.account_id in down or now >= latest:
            return None
        verdict = shipment.hand_over(now)
        if verdict.is_account_down and shipment.account_id is not None:
            down.add(shipment.account_id)
        return verdict

    landing = Landing()
    for shipment, verdict in zip(flight, crew.map(hand_over, flight), strict=True):
        if verdict is None:
            landing.untried.append(shipment.delivery_id)
        else:
            landing.verdicts[shipment.delivery_id] = verdict
    return landing

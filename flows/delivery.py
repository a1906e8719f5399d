"""Delivery: everything that may go out now goes out, and then it ends."""

from collections.abc import Callable
from datetime import datetime

from actions.deliver import (
    deliver_batch,
    enqueue_notices,
    find_interrupted,
    recover_deliveries,
    renew_send_windows,
)
from actions.house import House
from notifications.outbox.claim import Pace
from notifications.outbox.report import DeliveryReport


def delivery(house: House, clock: Callable[[], datetime]) -> DeliveryReport:
    """Take back what was left behind, queue what is due, and send until nothing can be claimed.

    Several may run at once, on one machine or many. The clock is read before every step: leases live by
    it, so an instant handed in once would outlive them. A campaign whose send windows cannot be found is
    raised only after everything else was sent; its notices between two tries wait.
    """
    report = recover_deliveries(house, clock())
    failures: list[Exception] = []
    for campaign in find_interrupted(house, clock()):
        try:
            renew_send_windows(house, campaign, clock())
        except Exception as failure:  # noqa: BLE001 - one campaign's trouble must not hold up the others
            failures.append(failure)
    report += enqueue_notices(house, clock())
    for pace in Pace:
        while batch := deliver_batch(house, pace, clock):
            report += batch
    if failures:
        raise failures[0] if len(failures) == 1 else ExceptionGroup("several campaigns failed", failures)
    return report

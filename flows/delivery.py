"""Delivery: everything that may go out now goes out, and then it ends."""

from collections.abc import Callable
from datetime import datetime

from actions.deliver import deliver_batch, enqueue_notices, recover_deliveries, renew_send_windows
from actions.house import House
from notifications.outbox.claim import Pace
from notifications.outbox.report import DeliveryReport


def delivery(house: House, clock: Callable[[], datetime]) -> DeliveryReport:
    """Take back what was left behind, queue what is due, and send until nothing can be claimed.

    Several may run at once, on one machine or many. The clock is read before every step: leases live by
    it, so an instant handed in once would outlive them.
    """
    report = recover_deliveries(house, clock())
    renew_send_windows(house, clock())
    report += enqueue_notices(house, clock())
    for pace in Pace:
        while batch := deliver_batch(house, pace, clock):
            report += batch
    return report

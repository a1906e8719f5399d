"""Delivery: everything that may go out now goes out, and then it ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from actions.defer_notices import defer_notices
from actions.deliver import (
    deliver_some,
    enqueue_notices,
    move_on_stranded,
    read_waiting,
    recover_deliveries,
)
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reading.due_stages import find_work
from actions.renew_send_windows import find_interrupted, renew_send_windows
from actions.sending.flights import Clock
from flows.failures import raise_failures
from notifications.outbox.claim import Pace
from notifications.outbox.report import DeliveryReport

Wait = Callable[[float], None]
"""Let seconds go by, such as `time.sleep`."""

LONGEST_NAP = timedelta(seconds=5)
"""So long at a time, so that what is planned meanwhile does not wait for what is not its own turn."""


def remind_and_deliver(
    house: House, clock: Clock, wait: Wait | None = None, patience: timedelta = timedelta.max
) -> DeliveryReport:
    """Plan the reminders that were reached by now, and then deliver, as `delivery` says.

    What an earlier patrol planned for the opening of a send window goes out at that opening, and a digest
    takes no lines afterwards: without that day's reminders in it they would wait for the next send day. A
    campaign that fails is raised only after everything else was sent. Harmless beside a patrol, and repeated.
    """
    failures: dict[str, Exception] = {}
    now = clock()
    for campaign, calls in find_work(house, now=now).items():
        try:
            for call in calls:
                plan_reminders(house, campaign, call.stage, now=now)
        except Exception as failure:  # noqa: BLE001 - one campaign's trouble must not hold up the others
            failures[campaign] = failure
    return _deliver(house, clock, wait, patience, failures)


def delivery(
    house: House, clock: Clock, wait: Wait | None = None, patience: timedelta = timedelta.max
) -> DeliveryReport:
    """Take back what was left behind or is stranded, queue what is due, and send until nothing can be claimed.

    Several may run at once, on one machine or many. The clock is read before every step: leases live by
    it, so an instant handed in once would outlive them. Where messages only wait for their account's turn,
    it goes on with `wait` given, as long as the turn comes within `patience` of its beginning, and else ends
    and reports how many wait. A campaign whose send windows cannot be found is raised only after everything
    else was sent; its notices between two tries wait.
    """
    return _deliver(house, clock, wait, patience, {})


def _deliver(
    house: House, clock: Clock, wait: Wait | None, patience: timedelta, failures: dict[str, Exception]
) -> DeliveryReport:
    began = clock()
    report = move_on_stranded(house, began) + _go_round(house, clock, failures)
    waiting = read_waiting(house, clock())
    while wait and waiting.until and waiting.until - began <= patience:
        wait(max(min(waiting.until - clock(), LONGEST_NAP), timedelta()).total_seconds())
        report += _go_round(house, clock, failures)
        waiting = read_waiting(house, clock())
    raise_failures(failures)
    return replace(report, waiting=waiting.count)


def _go_round(house: House, clock: Clock, failures: dict[str, Exception]) -> DeliveryReport:
    """Take every step once, and send until nothing can be claimed; a campaign that fails is put on record."""
    report = recover_deliveries(house, clock())
    for campaign in find_interrupted(house, clock()):
        try:
            renew_send_windows(house, campaign, clock())
            defer_notices(house, campaign, now=clock())
        except Exception as failure:  # noqa: BLE001 - one campaign's trouble must not hold up the others
            failures[campaign] = failure
    while True:
        report += enqueue_notices(house, clock())
        sent = DeliveryReport()
        for pace in Pace:
            while some := deliver_some(house, pace, clock):
                sent += some
        report += sent
        # Where one channel failed for good, the next is tried at once and not by the next delivery.
        if not sent.failed:
            return report

"""The slots of an account with a rate: a message holds one from its claim until a whole period after its send.

In no span of a period's length do more messages go out than there are slots, however many workers there are: a
provider counts a message before it answers, and the slot stays taken for a period from when the answer was written
down. Of a worker that died it comes free by itself, a period after the end of its lease.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session, col

from models.account import Slot
from models.dialects import table_of

Periods = Mapping[int, timedelta]
"""Deliveries of accounts with a rate, and the length of its period."""


def periods_of(rates: Iterable[tuple[int, int | None]]) -> Periods:
    """Pick the deliveries that hold a slot out of those given, each with its account's seconds, if any."""
    return {delivery: timedelta(seconds=seconds) for delivery, seconds in rates if seconds is not None}


def find_slots(session: Session, account_id: int, now: datetime, most: int) -> Sequence[int]:
    """Find free slots of an account and lock them; those that another worker is about to take are passed over."""
    query = (
        select(col(Slot.id))
        .where(col(Slot.account_id) == account_id, col(Slot.free_at) <= now)
        .order_by(col(Slot.number))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(query).all()


def find_first_slots(session: Session, accounts: Collection[int], now: datetime) -> dict[int, int]:
    """Find a free slot of each account and lock it; return them by account."""
    if not accounts:
        return {}
    first = (
        select(func.min(col(Slot.id)))
        .where(col(Slot.account_id).in_(accounts), col(Slot.free_at) <= now)
        .group_by(col(Slot.account_id))
    )
    query = select(col(Slot.account_id), col(Slot.id)).where(col(Slot.id).in_(first), col(Slot.free_at) <= now)
    return dict(session.execute(query.with_for_update(skip_locked=True)).tuples().all())


def take_slots(session: Session, taken: Iterable[tuple[int, int]], free_at: datetime) -> None:
    """Give slots to deliveries, each by its id, until they come free by themselves."""
    rows = [{"key": key, "new_delivery": delivery} for key, delivery in taken]
    if rows:
        slot = table_of(Slot)
        session.connection().execute(
            update(slot)
            .where(slot.c.id == bindparam("key"))
            .values(delivery_id=bindparam("new_delivery"), free_at=free_at),
            rows,
        )


def keep_slot(session: Session, slot_id: int, free_at: datetime) -> None:
    """Keep a slot that no delivery holds until an instant."""
    session.execute(update(table_of(Slot)).where(col(Slot.id) == slot_id).values(delivery_id=None, free_at=free_at))


def keep_slots(session: Session, periods: Periods, lease_end: datetime) -> None:
    """Keep the slots of deliveries whose lease was made longer: they come free a period after its new end."""
    for period, deliveries in _by_period(periods):
        _change(session, deliveries, free_at=lease_end + period)


def end_slots(session: Session, periods: Periods, now: datetime) -> None:
    """Let go of the slots of deliveries that were tried: they come free a period from now."""
    for period, deliveries in _by_period(periods):
        _change(session, deliveries, free_at=now + period, delivery_id=None)


def leave_slots(session: Session, deliveries: Collection[int]) -> None:
    """Let go of the slots of deliveries that may have been tried by a worker that died; their time stands."""
    _change(session, deliveries, delivery_id=None)


def free_slots(session: Session, deliveries: Collection[int], now: datetime) -> None:
    """Free the slots of deliveries that were not tried, at once."""
    _change(session, deliveries, free_at=now, delivery_id=None)


def _change(session: Session, deliveries: Collection[int], **values: datetime | None) -> None:
    if deliveries:
        slot = table_of(Slot)
        session.execute(update(slot).where(slot.c.delivery_id.in_(deliveries)).values(values))


def _by_period(periods: Periods) -> Iterable[tuple[timedelta, list[int]]]:
    found: defaultdict[timedelta, list[int]] = defaultdict(list)
    for delivery, period in periods.items():
        found[period].append(delivery)
    return sorted(found.items())

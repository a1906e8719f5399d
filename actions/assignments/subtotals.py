"""Carry the counters up the tree, so that what a large unit comes to is read and not summed."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Integer, false, func, literal, or_, select, true, tuple_, update
from sqlalchemy import delete as delete_rows
from sqlmodel import Session, col

from actions.assignments.locks import hold_counters, hold_windows
from models.assignment import Counter, Subtotal
from models.dialects import insert_found, table_of
from models.unit import Unit
from models.window import Window

COUNTED = ("total", "done", "in_time", "waived")

_KEY = ("unit_id", "window_id", "due_at")
_TO_WHAT_IS_THERE = """(unit_id, window_id, due_at) DO UPDATE SET
total = subtotal.total + excluded.total, done = subtotal.done + excluded.done,
in_time = subtotal.in_time + excluded.in_time, waived = subtotal.waived + excluded.waived"""


def uncarried(name: str) -> ColumnElement[int]:
    """Say how much of a counter is not in the subtotals yet."""
    counter = table_of(Counter)
    return counter.c[name] - counter.c[f"carried_{name}"]


def carry(session: Session, window_id: int) -> None:
    """Add what was counted in a window since the last time to the subtotals of all units above; repeatable.

    A counter that another transaction is changing waits for the next time, and nobody waits for it here.
    """
    hold_windows(session, col(Window.id) == window_id)
    counter = table_of(Counter)
    key = tuple_(*counter.primary_key.columns)
    here = counter.c.window_id == window_id
    free = select(*counter.primary_key.columns).where(here, ~col(Counter.is_carried)).with_for_update(skip_locked=True)
    session.execute(update(counter).where(key.in_(free)).values(is_carried=true()))
    # Theirs alone are marked and differ: nobody else can change them before this transaction ends.
    marked = (here, counter.c.is_carried, or_(*(uncarried(name) != 0 for name in COUNTED)))
    _add_above(session, {name: uncarried(name) for name in COUNTED}, *marked)
    session.execute(update(counter).where(*marked).values({f"carried_{name}": counter.c[name] for name in COUNTED}))


def take_back(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Take out of the subtotals what the counters brought that are about to be replaced; their window is locked."""
    counter = table_of(Counter)
    carried = {name: -counter.c[f"carried_{name}"] for name in COUNTED}
    _add_above(session, carried, *conditions, counter.c.carried_total != 0)


def take_all_back(session: Session) -> None:
    """Empty the subtotals, because units are about to hang elsewhere in the tree; the patrol fills them anew."""
    hold_windows(session)
    hold_counters(session)
    nothing = {f"carried_{name}": literal(0, Integer) for name in COUNTED}
    session.execute(update(table_of(Counter)).values(nothing | {"is_carried": false()}))
    session.execute(delete_rows(table_of(Subtotal)))


def _add_above(session: Session, amounts: Mapping[str, ColumnElement[int]], *conditions: ColumnElement[bool]) -> None:
    """Add amounts of the counters that meet the conditions to every unit above theirs."""
    counter, unit = table_of(Counter), table_of(Unit)
    moved = (
        select(*(counter.c[name] for name in _KEY), *(func.sum(amount).label(name) for name, amount in amounts.items()))
        .where(*conditions)
        .group_by(*(counter.c[name] for name in _KEY))
        .cte("moved")
    )
    above = (
        select(unit.c.id.label("below_id"), unit.c.parent_id.label("unit_id"))
        .where(unit.c.id.in_(select(moved.c.unit_id)), unit.c.parent_id.is_not(None))
        .cte("above", recursive=True)
    )
    above = above.union_all(
        select(above.c.below_id, unit.c.parent_id)
        .join(unit, unit.c.id == above.c.unit_id)
        .where(unit.c.parent_id.is_not(None))
    )
    keys = (above.c.unit_id, moved.c.window_id, moved.c.due_at)
    found = (
        select(*keys, *(func.sum(moved.c[name]) for name in amounts))
        .join(above, above.c.below_id == moved.c.unit_id)
        .group_by(*keys)
        .order_by(*keys)
    )
    session.execute(insert_found(Subtotal, (*_KEY, *amounts), found, _TO_WHAT_IS_THERE))

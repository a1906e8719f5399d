"""Keep the counters beside the assignments, in the transaction that changes these."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, bindparam, case, delete, func, insert, literal, select
from sqlmodel import Session, col

from actions.assignments.locks import hold_counters, hold_windows
from actions.assignments.subtotals import take_back
from config.vocabulary import AssignmentStatus
from models.assignment import Assignment, Counter
from models.dialects import insert_found, table_of
from models.window import Window

_TO_WHAT_IS_THERE = """(window_id, task_id, unit_id, due_at) DO UPDATE SET
done = counter.done + excluded.done, in_time = counter.in_time + excluded.in_time,
waived = counter.waived + excluded.waived, is_carried = FALSE"""


class CounterKey(NamedTuple):
    """What assignments are counted by."""

    window_id: int
    task_id: int
    unit_id: int
    due_at: datetime


_COLUMNS = (*CounterKey._fields, "total", "done", "in_time", "waived")
_ADD = insert_found(
    Counter,
    _COLUMNS,
    select(*(bindparam(name, type_=table_of(Counter).c[name].type) for name in _COLUMNS)),
    _TO_WHAT_IS_THERE,
)


@dataclass(slots=True)
class Change:
    """How the counts of one key move; negative when work is reopened."""

    done: int = 0
    in_time: int = 0
    waived: int = 0


def apply_changes(session: Session, changes: Iterable[tuple[CounterKey, Change]]) -> None:
    """Add changes to the counters, several of one key at once.

    Written as an upsert: a recount in another transaction that replaces the row between our change of
    the assignment and this statement makes us wait and then add to the new row, so nothing is lost.
    """
    sums: defaultdict[CounterKey, Change] = defaultdict(Change)
    for key, change in changes:
        total = sums[key]
        total.done += change.done
        total.in_time += change.in_time
        total.waived += change.waived
    if not sums:
        return
    # In one order everywhere, so that two transactions never wait for each other in a circle.
    rows = [
        {**key._asdict(), "total": 0, "done": change.done, "in_time": change.in_time, "waived": change.waived}
        for key, change in sorted(sums.items())
    ]
    session.connection().execute(_ADD, rows)


def recount(session: Session, window_id: int, unit_ids: Sequence[int] | None = None) -> None:
    """Count the assignments of a window anew, in all its units or in some; repeatable.

    Recounts of one window wait for one another: a second one could not see the rows of the first.
    """
    hold_windows(session, col(Window.id) == window_id)
    counted, kept = [col(Assignment.window_id) == window_id], [col(Counter.window_id) == window_id]
    if unit_ids is not None:
        counted.append(col(Assignment.unit_id).in_(unit_ids))
        kept.append(col(Counter.unit_id).in_(unit_ids))
    hold_counters(session, *kept)
    take_back(session, *kept)
    session.execute(delete(table_of(Counter)).where(*kept))
    session.execute(
        insert(table_of(Counter)).from_select(
            _COLUMNS,
            select(
                col(Assignment.window_id),
                col(Assignment.task_id),
                col(Assignment.unit_id),
                col(Assignment.due_at),
                func.count(),
                *settled_sums(),
            )
            .where(*counted)
            .group_by(
                col(Assignment.window_id),
                col(Assignment.task_id),
                col(Assignment.unit_id),
                col(Assignment.due_at),
            ),
        )
    )


def settled_sums() -> tuple[ColumnElement[int], ColumnElement[int], ColumnElement[int]]:
    """Sum assignments done, done in time and waived, as the counters mean them."""
    done = col(Assignment.status) == AssignmentStatus.DONE
    in_time = and_(done, col(Assignment.done_at) < col(Assignment.due_at))
    waived = col(Assignment.status) == AssignmentStatus.WAIVED
    return _sum_of(done), _sum_of(in_time), _sum_of(waived)


def tally_sums(now: datetime) -> tuple[ColumnElement[int], ...]:
    """Sum assignments into the fields of a Tally held against an instant, in their order."""
    done, in_time, waived = settled_sums()
    is_due = col(Assignment.due_at) <= now
    counts = and_(is_due, col(Assignment.status) != AssignmentStatus.WAIVED)
    due_done = and_(is_due, col(Assignment.status) == AssignmentStatus.DONE)
    due_in_time = and_(due_done, col(Assignment.done_at) < col(Assignment.due_at))
    total = func.count(col(Assignment.id))
    return total, done, in_time, waived, _sum_of(counts), _sum_of(due_done), _sum_of(due_in_time)


def _sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, literal(1, Integer)), else_=literal(0, Integer))), 0)

"""The counters by part of the tree: what was carried up to each, its own, and what was counted since."""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, literal, or_, select, true, union_all
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from actions.assignments.subtotals import COUNTED, uncarried
from actions.reading.overview.ground import Ground
from models.assignment import Counter, Subtotal
from models.dialects import place_of_text, table_of
from models.queries import below
from models.unit import Unit

BY_UNIT = "INDEXED BY ix_counter_unit_id"
UNCARRIED = "INDEXED BY ix_counter_window_id_uncarried"
"""Which way SQLite is to go: by itself it reads everything there is of a window, and leaves most of it out."""


def counters_by_part(ground: Ground, *, by_part: bool) -> CompoundSelect[tuple[Any, ...]]:
    """Select window, part, deadline and what is counted, in up to three rows for each.

    The part is the path of a unit right below the one that is looked at, or of that one itself for its own
    counters; without parts it is that one throughout.
    """
    return union_all(_carried(ground, by_part), _direct(ground, by_part), _since(ground, by_part))


def part_of(ground: Ground) -> ColumnElement[str]:
    """Cut the path of a unit behind the first code below the one that is looked at."""
    length = len(ground.path)
    rest = func.substr(col(Unit.path), length + 1)
    return func.substr(col(Unit.path), 1, length + place_of_text(ground.session, rest, "/"))


def _carried(ground: Ground, by_part: bool) -> Select[tuple[Any, ...]]:
    subtotal = table_of(Subtotal)
    return (
        select(subtotal.c.window_id, _path(ground, by_part), subtotal.c.due_at, *(subtotal.c[name] for name in COUNTED))
        .join(Unit, col(Unit.id) == subtotal.c.unit_id)
        .where(subtotal.c.window_id.in_(ground.window_ids), _tops(ground, by_part))
    )


def _direct(ground: Ground, by_part: bool) -> Select[tuple[Any, ...]]:
    counter = table_of(Counter)
    return (
        select(counter.c.window_id, _path(ground, by_part), counter.c.due_at, *(counter.c[name] for name in COUNTED))
        .with_hint(counter, BY_UNIT, "sqlite")
        .join(Unit, col(Unit.id) == counter.c.unit_id)
        .where(counter.c.window_id.in_(ground.window_ids), _read_directly(ground, by_part))
    )


def _since(ground: Ground, by_part: bool) -> Select[tuple[Any, ...]]:
    counter = table_of(Counter)
    part = part_of(ground) if by_part else literal(ground.path)
    keys = (counter.c.window_id, part, counter.c.due_at) if by_part else (counter.c.window_id, counter.c.due_at)
    inside = true() if ground.is_whole or ground.unit is None else below(ground.unit)
    return (
        select(counter.c.window_id, part, counter.c.due_at, *(func.sum(uncarried(name)) for name in COUNTED))
        .with_hint(counter, UNCARRIED, "sqlite")
        .join(Unit, col(Unit.id) == counter.c.unit_id)
        .where(
            counter.c.window_id.in_(ground.window_ids),
            ~counter.c.is_carried,
            inside,
            ~_read_directly(ground, by_part),
        )
        .group_by(*keys)
    )


def _path(ground: Ground, by_part: bool) -> SQLCoreOperations[str]:
    return col(Unit.path) if by_part else literal(ground.path)


def _tops(ground: Ground, by_part: bool) -> ColumnElement[bool]:
    """Select the units whose subtotals cover, together, everything below those that are read directly."""
    if ground.unit is None:
        return col(Unit.parent_id).is_(None)
    return col(Unit.parent_id) == ground.unit.id if by_part else col(Unit.id) == ground.unit.id


def _read_directly(ground: Ground, by_part: bool) -> ColumnElement[bool]:
    if ground.unit is None:
        return _tops(ground, by_part)
    return or_(_tops(ground, by_part), col(Unit.id) == ground.unit.id)

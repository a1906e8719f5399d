"""The units of a registry file against those that are there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, select

from actions.assignments.subtotals import take_all_back
from config.registry import Column, Registry, Rejection
from config.said import Said
from models.dialects import table_of
from models.unit import LONGEST_PATH, Unit


@dataclass(frozen=True)
class UnitDiff:
    """Units to insert and to update, as column values by code; parents are named by their codes."""

    new: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def compare_units(session: Session, registry: Registry) -> UnitDiff:
    """Find the units that are new or said to be different; what the file leaves blank stays."""
    there = {unit.code: unit for unit in session.exec(select(Unit))}
    codes: dict[int | None, str] = {unit.id: unit.code for unit in there.values()}
    diff = UnitDiff()
    for row in registry.units:
        said = {"name": row.name, "level": row.level, "parent": row.parent}
        unit = there.get(row.code)
        if unit is None:
            diff.new[row.code] = said
            continue
        was = {"name": unit.name, "level": unit.level, "parent": codes.get(unit.parent_id)}
        values = {key: was[key] if value is None else value for key, value in said.items()}
        if values != was:
            diff.changed[row.code] = values
    parents = {code: codes.get(unit.parent_id) for code, unit in there.items()}
    parents |= {code: said["parent"] for code, said in {**diff.new, **diff.changed}.items()}
    places = {row.code: row.place for row in registry.units}
    for code in (*diff.new, *diff.changed):
        if reason := _misplaced(code, parents):
            diff.rejected.append(registry.reject(places[code], Column.PARENT_CODE, parents[code] or "", reason))
    return diff


def _misplaced(code: str, parents: Mapping[str, str | None]) -> Said | None:
    """Say why a unit cannot hang where it is said to, in the tree as it would be."""
    above: list[str] = []
    step: str | None = code
    while step is not None:
        if step in above:
            return Said("leads back to {unit}: a unit cannot be above itself", unit=step)
        above.append(step)
        step = parents.get(step)
    if len("/".join(above)) + 2 > LONGEST_PATH:
        return Said(
            "lies {depth} levels deep; the codes on the way have more than {most} characters together",
            depth=len(above),
            most=LONGEST_PATH,
        )
    return None


def write_units(session: Session, diff: UnitDiff) -> None:
    """Insert and update units, and set the paths of all that lie below them."""
    units = table_of(Unit)
    if diff.new:
        rows = [
            {"code": code, "name": said["name"], "level": said["level"], "path": f"/{code}/"}
            for code, said in diff.new.items()
        ]
        session.execute(insert(units), rows)
    there = {unit.code: unit for unit in session.exec(select(Unit).execution_options(populate_existing=True))}
    codes: dict[int | None, str] = {unit.id: unit.code for unit in there.values()}
    if any(codes.get(there[code].parent_id) != said["parent"] for code, said in diff.changed.items()):
        take_all_back(session)
    for code, said in {**diff.new, **diff.changed}.items():
        unit = there[code]
        unit.name, unit.level = said["name"], said["level"]
        unit.parent_id = there[said["parent"]].id if said["parent"] else None
    session.flush()
    _set_paths(session, list(there.values()))


def _set_paths(session: Session, units: Sequence[Unit]) -> None:
    """Write the paths that are not what the tree says, from the root down."""
    children: defaultdict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        children[unit.parent_id].append(unit)
    moved: list[dict[str, Any]] = []
    reached = [(unit, "/") for unit in children[None]]
    while reached:
        unit, above = reached.pop()
        path = f"{above}{unit.code}/"
        if unit.path != path:
            moved.append({"key": unit.id, "new_path": path})
        reached += [(child, path) for child in children[unit.id]]
    if moved:
        table = table_of(Unit)
        statement = update(table).where(table.c.id == bindparam("key")).values(path=bindparam("new_path"))
        session.connection().execute(statement, moved)

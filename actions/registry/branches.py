"""The branches of a registry file against those that are there."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from actions.assignments.counters import recount
from config.registry import BranchRow, RegistryRow
from config.seal import Seal
from config.vocabulary import AssignmentStatus, BranchStatus
from models.assignment import Assignment
from models.branch import Branch
from models.dialects import in_chunks, table_of
from models.officer import Officer
from models.unit import Unit

LEFT_ALONE_WHEN_BLANK = ("industry", "grade", "leader", "phone", "officer")
FIELDS = ("name", "members", "employees", "kind", "status", *LEFT_ALONE_WHEN_BLANK, "unit")


@dataclass
class BranchDiff:
    """Branches to insert and to update, as values by code; units and officers are named by their codes.

    `left` stop being active, `returned` are active again.
    """

    new: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    before: dict[str, dict[str, Any]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def compare_branches(session: Session, seal: Seal, rows: Sequence[RegistryRow]) -> BranchDiff:
    """Find the branches that are new or different, and of these who moved to another unit, left or returned.

    Numbers are compared as they were written; Refusal when one was sealed with another key.
    """
    said = {row.branch.code: _values(row.unit_code, row.branch) for row in rows if row.branch}
    there = _there(session, seal, list(said))
    diff = BranchDiff()
    for code, values in said.items():
        was = there.get(code)
        if was is None:
            diff.new[code] = values
            continue
        kept = {name: was[name] for name in LEFT_ALONE_WHEN_BLANK if values[name] is None}
        now = {**values, **kept}
        if now == was:
            diff.unchanged += 1
            continue
        diff.changed[code], diff.before[code] = now, was
        if now["unit"] != was["unit"]:
            diff.moved.add(code)
        if now["status"] != was["status"] and BranchStatus.ACTIVE in (now["status"], was["status"]):
            (diff.returned if now["status"] is BranchStatus.ACTIVE else diff.left).add(code)
    return diff


def write_branches(session: Session, seal: Seal, diff: BranchDiff) -> None:
    """Insert and update branches, their numbers sealed; the open work of one that moved follows it."""
    units = dict(session.execute(select(col(Unit.code), col(Unit.id))).tuples().all())
    officers = dict(session.execute(select(col(Officer.code), col(Officer.id))).tuples().all())
    branches = table_of(Branch)

    def row(code: str, values: dict[str, Any]) -> dict[str, Any]:
        columns = {name: values[name] for name in FIELDS if name not in ("unit", "officer")}
        return {
            **columns,
            "phone": seal.close(values["phone"]) if values["phone"] else None,
            "code": code,
            "unit_id": units[values["unit"]],
            "officer_id": officers.get(values["officer"]),
        }

    if diff.new:
        session.execute(insert(branches), [row(code, values) for code, values in diff.new.items()])
    if diff.changed:
        rows = [{f"new_{name}": value for name, value in row(*item).items()} for item in diff.changed.items()]
        columns = [name.removeprefix("new_") for name in rows[0] if name != "new_code"]
        statement = update(branches).where(branches.c.code == bindparam("new_code"))
        session.connection().execute(statement.values({name: bindparam(f"new_{name}") for name in columns}), rows)
    move_open_work(session, sorted(diff.moved))


def _values(unit: str, branch: BranchRow) -> dict[str, Any]:
    values = {**asdict(branch), "unit": unit, "officer": branch.officer_code}
    return {name: values[name] for name in FIELDS}


def _there(session: Session, seal: Seal, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for run in in_chunks(codes):
        query = (
            select(
                col(Branch.code),
                *(table_of(Branch).c[name] for name in FIELDS if name not in ("unit", "officer")),
                col(Officer.code).label("officer"),
                col(Unit.code).label("unit"),
            )
            .join(Unit, col(Unit.id) == Branch.unit_id)
            .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
            .where(col(Branch.code).in_(run))
        )
        for code, *values in session.execute(query):
            names = [*(name for name in FIELDS if name not in ("unit", "officer")), "officer", "unit"]
            there = dict(zip(names, values, strict=True))
            found[code] = there | {"phone": seal.open(there["phone"]) if there["phone"] else None}
    return found


def move_open_work(session: Session, codes: Sequence[str]) -> None:
    """Let open work count for the branch's new unit; what is settled stays where it was settled."""
    for run in in_chunks(codes):
        ids = select(col(Branch.id)).where(col(Branch.code).in_(run))
        unit_of = select(col(Branch.unit_id)).where(col(Branch.id) == Assignment.branch_id).scalar_subquery()
        left = session.execute(
            select(col(Assignment.window_id), col(Assignment.unit_id), col(Branch.unit_id))
            .join(Branch, col(Branch.id) == Assignment.branch_id)
            .where(col(Assignment.branch_id).in_(ids), col(Assignment.status) == AssignmentStatus.OPEN)
            .distinct()
        ).all()
        session.execute(
            update(table_of(Assignment))
            .where(col(Assignment.branch_id).in_(ids), col(Assignment.status) == AssignmentStatus.OPEN)
            .values(unit_id=unit_of)
        )
        for window_id in sorted({window_id for window_id, _, _ in left}):
            recount(session, window_id, sorted({unit for place, *pair in left if place == window_id for unit in pair}))

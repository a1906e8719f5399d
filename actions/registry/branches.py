"""The branches of a registry file against those that are there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from actions.assignments.counters import recount
from config.registry import Branches, BranchRow
from config.registry.rows import BranchColumns, left, rows_of
from config.seal import Seal
from config.vocabulary import AssignmentStatus, BranchKind, BranchStatus, CampaignStatus, ProblemStatus
from models.assignment import Assignment
from models.branch import Branch
from models.bulk import insert_rows
from models.campaign import Campaign
from models.dialects import in_chunks, table_of
from models.officer import Officer
from models.parameters import CODES, CODES_A_STATEMENT, among
from models.problem import Problem
from models.unit import Unit

LEFT_ALONE_WHEN_BLANK = ("kind", "status", "industry", "grade", "leader", "phone", "officer")
FIELDS = ("unit", "name", "members", "employees", *LEFT_ALONE_WHEN_BLANK)
"""What is compared, in the order of BranchRow; units and officers by their codes."""
SUCCESSOR = "successor"
"""What a change names beside them, where a branch ends in another one."""

_CODE, _FIRST, _OFFICER_CODE = map(BranchRow._fields.index, ("code", "name", "officer_code"))
_STORED = ("code", "unit_id", "name", "members", "employees", "kind", "status", "industry", "grade", "leader")
_THERE = (
    select(
        col(Branch.code),
        col(Unit.code),
        *(table_of(Branch).c[name] for name in (*_STORED[2:], "phone")),
        col(Officer.code),
        col(Branch.graded).is_not(None),
    )
    .join(Unit, col(Unit.id) == Branch.unit_id)
    .join(Officer, col(Officer.id) == Branch.officer_id, isouter=True)
    .where(among(col(Branch.code), CODES))
)
_OFFICER = table_of(Officer).c
_OFFICER_IDS = select(_OFFICER.code, _OFFICER.id).where(among(_OFFICER.code, CODES))


class Change(NamedTuple):
    """What is different about a branch: the fields as they were and as they are to be."""

    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass
class BranchDiff:
    """Branches to insert, and the changes of others by their codes; units and officers are named by their codes."""

    new: Branches = field(default_factory=Branches)
    changed: dict[str, Change] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def moved(self) -> list[str]:
        """The branches that come to another unit."""
        return sorted(code for code, change in self.changed.items() if "unit" in change.after)

    @property
    def left(self) -> list[str]:
        """The branches that stop being active: closed, or not yet."""
        return self._with_status("before")

    @property
    def returned(self) -> list[str]:
        """The branches that are active again, or for the first time."""
        return self._with_status("after")

    @property
    def merged(self) -> dict[str, str]:
        """The branches that end in another one, with that one's code."""
        return {code: change.after[SUCCESSOR] for code, change in self.changed.items() if SUCCESSOR in change.after}

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)

    def _with_status(self, side: str) -> list[str]:
        return sorted(
            code for code, change in self.changed.items() if getattr(change, side).get("status") is BranchStatus.ACTIVE
        )


def compare_branches(session: Session, seal: Seal, branches: Branches) -> BranchDiff:
    """Find the branches that are new, and what is different about others; what a row leaves blank stays.

    So does the grade of a branch that was graded in a ledger. Numbers are compared as they were written; Refusal when
    one was sealed with another key.
    """
    if session.scalar(select(col(Branch.id)).limit(1)) is None:
        return BranchDiff(new=branches)
    diff = BranchDiff()
    for columns in branches.columns():
        codes = columns[_CODE]
        there = _there(session, seal, codes)
        if not there:
            diff.new.add(columns)
            continue
        is_new = [code not in there for code in codes]
        diff.new.add(left(columns, is_new))
        for row in rows_of(left(columns, [not new for new in is_new])):
            before, after = _differences(there[row.code], _said(row))
            if row.successor and "status" in after:
                before[SUCCESSOR], after[SUCCESSOR] = None, row.successor
            if after:
                diff.changed[row.code] = Change(row.name, before, after)
            else:
                diff.unchanged += 1
    return diff


def write_branches(session: Session, seal: Seal, diff: BranchDiff, officers: dict[str, int]) -> None:
    """Insert and update branches, their numbers sealed; `officers` are the keys of those known so far, by code."""
    units = dict(session.execute(select(col(Unit.code), col(Unit.id))).tuples().all())
    for columns in diff.new.columns():
        _find_officers(session, officers, columns[_OFFICER_CODE])
        insert_rows(session, Branch, (*_STORED, "phone", "officer_id"), _stored(seal, units, officers, columns))
    changes: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    _find_officers(session, officers, [change.after.get("officer") for change in diff.changed.values()])
    for code, change in diff.changed.items():
        values = _columns_of(change.after, seal, units, officers)
        changes[tuple(values)].append({"key": code} | {f"new_{name}": value for name, value in values.items()})
    branches = table_of(Branch)
    for names, rows in changes.items():
        statement = update(branches).where(branches.c.code == bindparam("key"))
        session.connection().execute(statement.values({name: bindparam(f"new_{name}") for name in names}), rows)


def _said(row: BranchRow) -> dict[str, Any]:
    said = (row.unit, *row[_FIRST : _FIRST + len(FIELDS) - 1])
    return dict(zip(FIELDS, said, strict=True))


def _differences(was: Mapping[str, Any], said: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [
        name
        for name, value in said.items()
        if value != was[name]
        and not (value is None and name in LEFT_ALONE_WHEN_BLANK)
        and not (name == "grade" and was["is_graded"])
    ]
    return {name: was[name] for name in names}, {name: said[name] for name in names}


def _there(session: Session, seal: Seal, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for run in in_chunks(codes, CODES_A_STATEMENT):
        for code, *values, is_graded in session.execute(_THERE, {"codes": run}):
            there = dict(zip(FIELDS, values, strict=True))
            phone = seal.open(there["phone"]) if there["phone"] else None
            found[code] = there | {"phone": phone, "is_graded": is_graded}
    return found


def _stored(
    seal: Seal, units: Mapping[str, int], officers: Mapping[str, int], columns: BranchColumns
) -> Iterator[tuple[Any, ...]]:
    """Give new branches as their table keeps them: plain ones and active where nothing else is said."""
    _, unit_codes, codes, *counted, kinds, states, industries, grades, leaders, phones, officer_codes, _, _, _ = columns
    return zip(
        codes,
        map(units.__getitem__, unit_codes),
        *counted,
        [kind or BranchKind.BRANCH.value for kind in kinds],
        [status or BranchStatus.ACTIVE.value for status in states],
        industries,
        grades,
        leaders,
        [seal.close(phone) if phone else None for phone in phones] if any(phones) else phones,
        map(officers.get, officer_codes),
        strict=True,
    )


def _columns_of(
    after: Mapping[str, Any], seal: Seal, units: Mapping[str, int], officers: Mapping[str, int]
) -> dict[str, Any]:
    """Turn fields into columns of the table."""
    values = {name: value for name, value in after.items() if name not in ("unit", "officer", "phone", SUCCESSOR)}
    if "unit" in after:
        values["unit_id"] = units[after["unit"]]
    if "officer" in after:
        values["officer_id"] = officers[after["officer"]]
    if "phone" in after:
        values["phone"] = seal.close(after["phone"])
    return values


def _find_officers(session: Session, officers: dict[str, int], codes: Sequence[str | None]) -> None:
    """Add the keys of officers that are not among those known so far."""
    for run in in_chunks(list({code for code in codes if code is not None} - officers.keys()), CODES_A_STATEMENT):
        officers.update(session.connection().execute(_OFFICER_IDS, {"codes": run}).tuples().all())


def move_open_work(session: Session, codes: Sequence[str]) -> None:
    """Let open work count for the branch's new unit; what is settled stays where it was settled.

    Problems of a campaign that is over stay in its report where they were.
    """
    for run in in_chunks(codes):
        ids = select(col(Branch.id)).where(col(Branch.code).in_(run))
        home_of = select(col(Branch.unit_id)).where(col(Branch.id) == Problem.branch_id).scalar_subquery()
        running = select(col(Campaign.id)).where(col(Campaign.status) == CampaignStatus.RUNNING)
        open_problems = col(Problem.branch_id).in_(ids), col(Problem.status) == ProblemStatus.OPEN
        counted_on = col(Problem.campaign_id).in_(running)
        session.execute(update(table_of(Problem)).where(*open_problems, counted_on).values(unit_id=home_of))
        unit_of = select(col(Branch.unit_id)).where(col(Branch.id) == Assignment.branch_id).scalar_subquery()
        left_behind = session.execute(
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
        for window_id in sorted({window_id for window_id, _, _ in left_behind}):
            units = sorted({unit for place, *pair in left_behind if place == window_id for unit in pair})
            recount(session, window_id, units)

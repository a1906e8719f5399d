"""Look at what a registry file would change, before it is imported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlmodel import Session, col, select

from actions.house import House
from actions.registry.branches import Change
from actions.registry.differences import Differences, compare
from config.registry import BranchRow, Registry, Rejection
from config.vocabulary import BranchStatus
from models.branch import Branch
from models.database import snapshot

SHOWN = 200
"""How many of those that are new or missing are named; the others are counted."""

_CODE = BranchRow._fields.index("code")


@dataclass(frozen=True, slots=True)
class RegistryPreview:
    """What an import would do: how many of each kind, the first of those that are new, and each change.

    `changed` counts all branches that are different, of whom some have moved, closed or returned; `merged` names the
    successors of those that have one. `skipped` are the rows with something rejected. `passed_over` are notes and the
    like, `sheets_passed_over` sheets without a table, `columns_not_taken` columns that nobody knows. `missing` are
    active branches that the file does not name: they stay.
    """

    new: int
    changed: int
    moved: tuple[str, ...]
    closed: tuple[str, ...]
    returned: tuple[str, ...]
    merged: Mapping[str, str]
    unchanged: int
    first_new: tuple[tuple[str, str], ...]
    changes: Mapping[str, Change]
    new_units: int
    changed_units: int
    new_officers: int
    renamed_officers: int
    new_channels: int
    rejected: tuple[Rejection, ...]
    skipped: int
    is_hindered: bool
    passed_over: int
    sheets_passed_over: tuple[str, ...]
    columns_not_taken: tuple[str, ...]
    missing: int
    first_missing: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do."""
        others = self.new_units, self.changed_units, self.new_officers, self.renamed_officers, self.new_channels
        return not (self.new or self.changed or any(others))


def preview_registry(house: House, registry: Registry, *, skip_rejected: bool = False) -> RegistryPreview:
    """Hold what was read of a registry file against the tables."""
    with snapshot(house.engine) as session:
        found = compare(session, house, registry, skip_rejected=skip_rejected)
        return _told(registry, found, _find_missing(session, registry))


def _find_missing(session: Session, registry: Registry) -> list[str]:
    """List the active branches that a file does not name, by their codes."""
    named = {code for columns in registry.branches.columns() for code in columns[_CODE]} | registry.rejected_codes
    active = select(col(Branch.code)).where(col(Branch.status) == BranchStatus.ACTIVE).order_by(col(Branch.code))
    return [code for code in session.scalars(active) if code not in named]


def _told(registry: Registry, found: Differences, missing: Sequence[str]) -> RegistryPreview:
    branches = found.branches
    return RegistryPreview(
        new=len(branches.new),
        changed=len(branches.changed),
        moved=tuple(branches.moved),
        closed=tuple(branches.left),
        returned=tuple(branches.returned),
        merged=branches.merged,
        unchanged=branches.unchanged,
        first_new=tuple((row.code, row.name) for row in islice(branches.new, SHOWN)),
        changes=branches.changed,
        new_units=len(found.units.new),
        changed_units=len(found.units.changed),
        new_officers=len(found.officers.new),
        renamed_officers=len(found.officers.renamed),
        new_channels=len(found.officers.channels),
        rejected=found.rejected,
        skipped=found.skipped,
        is_hindered=found.is_hindered,
        passed_over=registry.passed_over,
        sheets_passed_over=registry.sheets_passed_over,
        columns_not_taken=registry.columns_not_taken,
        missing=len(missing),
        first_missing=tuple(missing[:SHOWN]),
    )

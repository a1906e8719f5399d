"""Look at what a registry file would change, before it is imported."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from actions.house import House
from actions.import_registry import known_units
from actions.registry.branches import Change
from actions.registry.differences import Differences, compare
from config.registry import Registry, Rejection, read_registry, take_registry
from models.database import snapshot

SHOWN = 200
"""How many of each kind of change are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class RegistryPreview:
    """What an import would do: how many of each kind, and the first of them by code and name.

    `changed` counts all branches that are different, of whom some have moved, closed or returned. `skipped` are the
    rows with something rejected. `passed_over` are notes and the like, `sheets_passed_over` sheets without a table.
    """

    new: int
    changed: int
    moved: tuple[str, ...]
    closed: tuple[str, ...]
    returned: tuple[str, ...]
    unchanged: int
    first_new: tuple[tuple[str, str], ...]
    first_changed: tuple[tuple[str, Change], ...]
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

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do."""
        others = self.new_units, self.changed_units, self.new_officers, self.renamed_officers, self.new_channels
        return not (self.new or self.changed or any(others))


def preview_registry(house: House, file: Path, *, skip_rejected: bool = False) -> RegistryPreview:
    """Hold a registry file against the tables; SheetFileError for one that cannot be read."""
    return _preview(house, read_registry(file, known_units(house)), skip_rejected)


def preview_sent(house: House, name: str, data: bytes, *, skip_rejected: bool = False) -> RegistryPreview:
    """Do the same with what somebody sent."""
    return _preview(house, take_registry(name, data, known_units(house)), skip_rejected)


def _preview(house: House, registry: Registry, skip_rejected: bool) -> RegistryPreview:
    with snapshot(house.engine) as session:
        return _told(registry, compare(session, house, registry, skip_rejected=skip_rejected))


def _told(registry: Registry, found: Differences) -> RegistryPreview:
    branches = found.branches
    return RegistryPreview(
        new=len(branches.new),
        changed=len(branches.changed),
        moved=tuple(branches.moved),
        closed=tuple(branches.left),
        returned=tuple(branches.returned),
        unchanged=branches.unchanged,
        first_new=tuple((row.code, row.name) for row in islice(branches.new, SHOWN)),
        first_changed=tuple(islice(branches.changed.items(), SHOWN)),
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
    )

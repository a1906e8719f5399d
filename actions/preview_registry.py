"""Look at what a registry file would change, before it is imported."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.house import House
from actions.import_registry import known_units
from actions.registry.differences import Differences, compare
from config.registry import Rejection, take_registry
from models.database import snapshot


@dataclass(frozen=True, slots=True)
class BranchChange:
    """A branch that would be changed: what is different, as it was and as it would be."""

    code: str
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RegistryPreview:
    """What an import would do: branches by code and name, the others as numbers; nothing where a cell is rejected."""

    new: tuple[tuple[str, str], ...]
    changed: tuple[BranchChange, ...]
    unchanged: int
    new_units: int
    changed_units: int
    new_officers: int
    renamed_officers: int
    new_channels: int
    rejected: tuple[Rejection, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do."""
        others = self.new_units, self.changed_units, self.new_officers, self.renamed_officers, self.new_channels
        return not (self.new or self.changed or any(others))


def preview_registry(house: House, name: str, data: bytes) -> RegistryPreview:
    """Hold what somebody sent against the tables; RegistryFileError for a file that cannot be read."""
    sheet = take_registry(name, data, known_units(house))
    with snapshot(house.engine) as session:
        return _preview(compare(session, house, sheet))


def _preview(found: Differences) -> RegistryPreview:
    branches = found.branches
    return RegistryPreview(
        new=tuple((code, values["name"]) for code, values in branches.new.items()),
        changed=tuple(_change(code, branches.before[code], values) for code, values in branches.changed.items()),
        unchanged=branches.unchanged,
        new_units=len(found.units.new),
        changed_units=len(found.units.changed),
        new_officers=len(found.officers.new),
        renamed_officers=len(found.officers.renamed),
        new_channels=len(found.officers.channels),
        rejected=found.rejected,
    )


def _change(code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> BranchChange:
    names = [name for name in after if after[name] != before[name]]
    was, now = ({name: facts[name] for name in names} for facts in (before, after))
    return BranchChange(code, after["name"], was, now)

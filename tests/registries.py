"""Registry files for tests: lines of cells, and the text that they make."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from config.registry import BranchRow, Column, Registry, Rejection, UnitRow

CITY = {"unit_code": "130600", "unit_name": "保定市", "level": "city"}
COUNTY = {"unit_code": "130683", "unit_name": "安国市", "parent_code": "130600", "level": "county"}
BRANCH = COUNTY | {"branch_code": "130683-001", "branch_name": "澜禾药业", "members": "14", "employees": "220"}
FULL = BRANCH | {
    "kind": "joint_branch",
    "status": "preparing",
    "industry": "医药",
    "grade": "A",
    "leader": "联系领导",
    "phone": "+86 312 555-0101",
    "officer_code": "L1",
    "officer_name": "联络员",
    "channel": "folder://L1",
}
Line = Mapping[str, str]


def sheet_of(*lines: Line, columns: tuple[str, ...] = tuple(Column)) -> str:
    """A registry as text; the first row stands on line 2."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def saved(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def told(registry: Registry) -> tuple[tuple[UnitRow, ...], tuple[BranchRow, ...], tuple[Rejection, ...]]:
    """What was read, to be compared."""
    return registry.units, tuple(registry.branches), registry.rejected

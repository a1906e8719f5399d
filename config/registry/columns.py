"""The columns of a registry, and where they stand in a file's header."""

from collections.abc import Sequence
from enum import StrEnum


class Column(StrEnum):
    """A column, in the order in which the rooms behind take the cells."""

    UNIT_CODE = "unit_code"
    UNIT_NAME = "unit_name"
    PARENT_CODE = "parent_code"
    LEVEL = "level"
    BRANCH_CODE = "branch_code"
    BRANCH_NAME = "branch_name"
    MEMBERS = "members"
    EMPLOYEES = "employees"
    KIND = "kind"
    STATUS = "status"
    INDUSTRY = "industry"
    GRADE = "grade"
    LEADER = "leader"
    OFFICER_CODE = "officer_code"
    OFFICER_NAME = "officer_name"
    CHANNEL = "channel"


COLUMNS = tuple(Column)
UNIT_COLUMNS, BRANCH_COLUMNS = COLUMNS[:4], COLUMNS[4:]
MANDATORY = COLUMNS[:8]


def find_columns(header: Sequence[str]) -> tuple[int, ...]:
    """Return the place in the header of each of COLUMNS; one past its end for those that are not there.

    Upper case and spaces around a name are let pass. Raises ValueError, in one line, for a mandatory column that is
    missing, a column nobody knows and one that is there twice.
    """
    names = [name.strip().casefold() for name in header]
    faults = [
        _complain("missing column", [column for column in MANDATORY if column not in names]),
        _complain("unknown column", [header[place] for place, name in enumerate(names) if name not in COLUMNS]),
        _complain("column given twice:", [column for column in COLUMNS if names.count(column) > 1]),
    ]
    if any(faults):
        raise ValueError("; ".join(filter(None, faults)))
    return tuple(names.index(column) if column in names else len(header) for column in COLUMNS)


def _complain(what: str, names: Sequence[str]) -> str:
    shown = ", ".join(name.strip()[:40] or "without a name" for name in names[:8])
    return f"{what} {shown}" if names else ""

"""The columns of a registry, and where they stand in a file's header."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from config.errors import WrongValue
from config.said import Said, joined


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
    PHONE = "phone"
    OFFICER_CODE = "officer_code"
    OFFICER_NAME = "officer_name"
    CHANNEL = "channel"


COLUMNS = tuple(Column)
UNIT_COLUMNS, BRANCH_COLUMNS = COLUMNS[:4], COLUMNS[4:]
MANDATORY = COLUMNS[:8]


def find_columns(header: Sequence[str]) -> tuple[int, ...]:
    """Return the place in the header of each of COLUMNS; one past its end for those that are not there.

    Upper case and spaces around a name are let pass. Raises WrongValue, in one line, for a mandatory column that is
    missing, a column nobody knows and one that is there twice.
    """
    names = [name.strip().casefold() for name in header]
    if faults := [*_find_faults(header, names)]:
        raise WrongValue("{faults}", faults=joined("; ", faults))
    return tuple(names.index(column) if column in names else len(header) for column in COLUMNS)


def _find_faults(header: Sequence[str], names: Sequence[str]) -> Iterator[Said]:
    if missing := [column for column in MANDATORY if column not in names]:
        yield Said("missing column {columns}", columns=_listed(missing))
    if unknown := [header[place] for place, name in enumerate(names) if name not in COLUMNS]:
        yield Said("unknown column {columns}", columns=_listed(unknown))
    if twice := [column for column in COLUMNS if names.count(column) > 1]:
        yield Said("column given twice: {columns}", columns=_listed(twice))


def _listed(names: Sequence[str]) -> Said:
    return joined(", ", [name.strip()[:40] or Said("without a name") for name in names[:8]])

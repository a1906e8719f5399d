"""The branches of a registry: their cells, and what has to agree between rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from config.registry.cells import (
    read_channel,
    read_code,
    read_count,
    read_kind,
    read_needed,
    read_needed_code,
    read_optional,
    read_phone,
    read_status,
    reject,
    take_cells,
)
from config.registry.columns import BRANCH_COLUMNS, Column
from config.registry.rows import BranchRow, Rejection
from config.said import Said

# In the order of the columns, which is the order of BranchRow's fields.
_READERS = (
    read_needed_code,
    read_needed(200),
    read_count,
    read_count,
    read_kind,
    read_status,
    read_optional(100),
    read_optional(40),
    read_optional(100),
    read_phone,
    read_code,
    read_optional(200),
    read_channel,
)
# Cells that only a branch has; a count of nought is as good as a blank.
_TELLING = frozenset(BRANCH_COLUMNS) - {Column.KIND, Column.STATUS, Column.INDUSTRY, Column.GRADE}
_BLANKS = ("", "0", "\uff10")


@dataclass(slots=True)
class BranchBook:
    """The branch codes and officers met so far, each with the line that has it first."""

    branches: dict[str, int] = field(default_factory=dict)
    officers: dict[tuple[str, Column], tuple[str, int]] = field(default_factory=dict)

    def enter(self, line: int, cells: tuple[str, ...], rejected: list[Rejection]) -> BranchRow | None:
        """Take the branch of a row; None when it has none or when a cell goes to `rejected`."""
        before = len(rejected)
        if not cells[0].strip():
            rejected.extend(_find_lost_cells(line, cells))
            return None
        code, *rest = take_cells(line, BRANCH_COLUMNS, cells, _READERS, rejected)
        if code is not None:
            rejected.extend(self._find_repeated_code(line, code))
        rejected.extend(self._find_other_officer(line, *rest[-3:]))
        return BranchRow(code, *rest) if len(rejected) == before else None

    def _find_repeated_code(self, line: int, code: str) -> Iterator[Rejection]:
        first = self.branches.setdefault(code, line)
        if first != line:
            yield reject(line, Column.BRANCH_CODE, code, Said("already on line {first}", first=first))

    def _find_other_officer(
        self, line: int, code: str | None, name: str | None, channel: str | None
    ) -> Iterator[Rejection]:
        for column, value in ((Column.OFFICER_NAME, name), (Column.CHANNEL, channel)):
            if value is None:
                continue
            if code is None:
                yield reject(line, Column.OFFICER_CODE, "", _missing(column))
                continue
            said, first = self.officers.setdefault((code, column), (value, line))
            if said != value:
                reason = Said(
                    "line {first} has another {column} for officer {officer}", first=first, column=column, officer=code
                )
                yield reject(line, column, value, reason)


def _find_lost_cells(line: int, cells: tuple[str, ...]) -> Iterator[Rejection]:
    # A row without a branch only adds a unit: what it says about a branch would be lost without a word.
    telling = [
        column
        for column, cell in zip(BRANCH_COLUMNS, cells, strict=True)
        if column in _TELLING and cell.strip() not in _BLANKS
    ]
    if telling:
        yield reject(line, Column.BRANCH_CODE, "", _missing(*telling))


def _missing(*beside: Column) -> Said:
    return Said("missing, although the row has {columns}", columns=", ".join(beside))

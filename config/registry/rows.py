"""What reading a registry gives: sound rows, rejected cells, or the refusal of the whole file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from config.errors import Fault, FaultyFile
from config.said import Said
from config.vocabulary import BranchKind, BranchStatus, UnitLevel


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch as a row states it; None where the row says nothing.

    `officer_name` may be None beside an `officer_code` when the officer is known or named on another row.
    `phone` is the leader's number, `channel` the address of the officer, a URL: secrets.
    """

    code: str
    name: str
    members: int
    employees: int
    kind: BranchKind
    status: BranchStatus
    industry: str | None
    grade: str | None
    leader: str | None
    phone: str | None = field(repr=False)
    officer_code: str | None
    officer_name: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """One row: a unit, and a branch of it unless the row only adds the unit.

    What the file says about a unit anywhere stands on every row of that unit. A unit that was known before may have
    None for `unit_name`, `parent_code` and `level`: the file leaves that as it is. A unit not known before
    has a name and a level, and no parent when it is a root.
    """

    line: int
    unit_code: str
    unit_name: str | None
    parent_code: str | None
    level: UnitLevel | None
    branch: BranchRow | None


@dataclass(frozen=True, slots=True, order=True)
class Rejection:
    """A cell that cannot be taken, and why.

    `column` is empty when the row as a whole is meant. `value` is shortened and harmless to print; an address is
    cut to its service.
    """

    line: int
    column: str
    value: str
    reason: Said

    def __str__(self) -> str:
        return f'line {self.line}: {self.column} "{self.value}": {self.reason}'.replace(":  ", ": ")


@dataclass(frozen=True, slots=True)
class RegistrySheet:
    """A registry that was read: every line that is not blank is in `rows`, in `rejected`, or in both.

    A row is in both when its unit is sound and its branch is not; its `branch` is then None, so that other rows
    may name the unit. `rejected` is in the order of the lines.
    """

    rows: tuple[RegistryRow, ...]
    rejected: tuple[Rejection, ...]


class RegistryFileError(FaultyFile):
    """A registry that cannot be read at all."""

    @classmethod
    def at(cls, path: Path, line: int | None, message: Said) -> Self:
        """Say what is wrong with the file, in one line."""
        return cls([Fault(str(path), line, "", message)])

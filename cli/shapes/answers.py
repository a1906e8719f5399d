"""The JSON of workbooks of answers: what became of each row."""

from dataclasses import dataclass
from datetime import datetime

from cli.shapes.work import ReceiptShape
from config.vocabulary import AssignmentStatus


@dataclass(frozen=True, slots=True)
class CellShape:
    """A cell whose value was not taken, and why."""

    sheet: str
    row: int
    column: str
    title: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class DifferenceShape:
    """A cell that says something else than what stands."""

    row: int
    column: str
    title: str
    value: str
    stands: str | None


@dataclass(frozen=True, slots=True)
class ConflictShape:
    """Work that somebody answered, waived or reopened meanwhile, and what the sheet says instead."""

    sheet: str
    branch: str
    stage: str
    task: str
    status: AssignmentStatus
    by: str | None
    at: datetime | None
    cells: tuple[DifferenceShape, ...]


@dataclass(frozen=True, slots=True)
class TakenShape:
    """What `answers import` prints."""

    campaign: str
    dry_run: bool
    done: tuple[ReceiptShape, ...]
    unchanged: int
    blank: int
    moved: int
    conflicts: tuple[ConflictShape, ...]
    not_taken: tuple[CellShape, ...]

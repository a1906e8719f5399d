"""The JSON of a workbook of answers that was handed in: what became of it, row by row."""

from typing import Any, Self

from pydantic import ConfigDict

from actions.answers.standing import Conflict
from actions.complete import Receipt
from actions.take_answers import TakenAnswers
from config.translation import say_word
from config.vocabulary import AssignmentStatus, Language
from sheets.answers.filled import FilledCell, Kept
from web.api.shapes.shape import Instant, Shape

_EXAMPLE: dict[str, Any] = {
    "done": [{"branch": "130683-001", "stage": "mobilization", "task": "survey"}],
    "unchanged": 3,
    "blank": 12,
    "moved": 0,
    "conflicts": [],
    "kept": [{"sheet": "动员部署", "cell": "H5", "column": "党员人数", "value": "x", "why": "x: 不是数字"}],
}


class SentWorkbookShape(Shape):
    """A workbook as it came: by what it is known again when it is sent a second time."""

    digest: str
    """The SHA-256 of its bytes."""


class AnsweredShape(Shape):
    """An answer that was written, or would be."""

    branch: str
    """The code of the branch."""
    stage: str
    """The code of the stage."""
    task: str
    """The code of the task."""

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        """Shape a receipt."""
        return cls(branch=receipt.branch, stage=receipt.stage, task=receipt.task)


class DifferenceShape(Shape):
    """A cell that says something else than what stands."""

    sheet: str
    """The name of its sheet."""
    cell: str
    """Where it is in the sheet, such as H5."""
    column: str
    """What its column is called."""
    value: str
    """What it says."""
    stands: str | None
    """What stands; null where nothing does."""


class ConflictShape(Shape):
    """A row that says something else than what somebody did meanwhile: it is not taken."""

    branch: str
    """The code of the branch."""
    stage: str
    """The code of the stage."""
    task: str
    """The code of the task."""
    status: AssignmentStatus
    """How the work stands."""
    changed_by: str | None
    """Who brought it there."""
    changed_at: Instant | None
    """When."""
    cells: tuple[DifferenceShape, ...]
    """The cells that differ."""

    @classmethod
    def of(cls, found: Conflict) -> Self:
        """Shape a conflict."""
        return cls(
            branch=found.branch,
            stage=found.stage,
            task=found.task,
            status=found.status,
            changed_by=found.who,
            changed_at=found.at,
            cells=tuple(DifferenceShape(**_place(each.cell), stands=each.stands) for each in found.differences),
        )


class KeptCellShape(Shape):
    """A cell that was not taken; it stays in the file."""

    sheet: str
    """The name of its sheet."""
    cell: str
    """Where it is in the sheet, such as H5."""
    column: str
    """What its column is called."""
    value: str
    """What it says."""
    why: str
    """Why it was not taken."""

    @classmethod
    def of(cls, kept: Kept, language: Language) -> Self:
        """Shape a cell, with the reason in the caller's language."""
        return cls(**_place(kept.cell), why=say_word(kept.reason, language))


class TakenShape(Shape):
    """What became of a workbook, or would: rows that could not be taken are named, and nothing of them is written."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    done: tuple[AnsweredShape, ...]
    """The answers that were written, or would be."""
    unchanged: int
    """How many rows say what stands already."""
    blank: int
    """How many rows say nothing."""
    moved: int
    """How many answers were written although their last day was changed since the workbook was made."""
    conflicts: tuple[ConflictShape, ...]
    """The rows that say something else than what somebody did meanwhile."""
    kept: tuple[KeptCellShape, ...]
    """The cells that were not taken."""

    @classmethod
    def of(cls, taken: TakenAnswers, language: Language) -> Self:
        """Shape what became of a workbook."""
        return cls(
            done=tuple(map(AnsweredShape.of, taken.done)),
            unchanged=taken.unchanged,
            blank=taken.blank,
            moved=taken.moved,
            conflicts=tuple(map(ConflictShape.of, taken.conflicts)),
            kept=tuple(KeptCellShape.of(each, language) for each in taken.kept),
        )


def _place(cell: FilledCell) -> dict[str, str]:
    return {"sheet": cell.sheet, "cell": cell.at, "column": cell.title, "value": cell.text}

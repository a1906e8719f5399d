"""Hold a row that came back against the work as it stands: is it new, said already, or in conflict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from actions.assignments.named import Work
from config.definition.schema import TaskSpec
from config.errors import Refusal
from config.said import Said
from config.sheets import why_no_value
from config.vocabulary import AssignmentStatus
from rules.words import LONGEST_NOTE, read_words
from sheets.answers.filled import FilledCell, FilledRow, Kept
from sheets.answers.typed import read_done, read_number

Figures = Mapping[str, int | Decimal]

ALTERED = Said(
    "the branch, the task or a hidden cell of this row is not what it was made with; move whole rows only, or fill in "
    "a new sheet"
)
HELD_BACK = Said("was held back, because another cell of its row was not taken")
NOT_DONE = Said("was not taken, because the task is not marked as done")
NOT_HERE = Said("what was done is opened again on its page, with a reason; a sheet cannot")


@dataclass(frozen=True, slots=True)
class Stands:
    """A piece of work as it stands now, with its figures as people wrote them."""

    work: Work
    spec: TaskSpec
    figures: Figures


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says something else than what stands, which is None where nothing does."""

    cell: FilledCell
    stands: str | None


@dataclass(frozen=True, slots=True)
class Typed:
    """What a row says once its cells are read."""

    is_done: bool
    figures: Mapping[str, Decimal]
    note: str | None


@dataclass(frozen=True, slots=True)
class New:
    """An answer to open work."""

    row: FilledRow
    stands: Stands
    typed: Typed


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A row that says something else than what somebody did meanwhile."""

    row: FilledRow
    stands: Stands
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A row that says what stands, or nothing."""

    is_blank: bool


Verdict = New | Contradiction | Unchanged | tuple[Kept, ...]


def judge(row: FilledRow, stands: Stands | Refusal) -> Verdict:
    """Say what becomes of a row; cells that cannot be taken come with their reasons, all those of the row."""
    if not row.answers:
        return _judge_blank(row, stands)
    if not row.is_intact:
        return held_back(row, [Kept(row.named, ALTERED)])
    if row.is_untouched:
        is_same = isinstance(stands, Stands) and stands.work.status is AssignmentStatus.DONE
        return Unchanged(is_blank=not (is_same and row.stood == AssignmentStatus.DONE))
    if isinstance(stands, Refusal):
        return tuple(Kept(cell, stands.said) for cell in row.answers)
    typed = _read(row, stands)
    return _judge_typed(row, typed, stands) if isinstance(typed, Typed) else typed


def held_back(row: FilledRow, faults: Sequence[Kept]) -> tuple[Kept, ...]:
    """Return the cells of a row that were not taken for a fault of their own, and those that were held back with them.

    They come in the order of the row.
    """
    found = {fault.cell.at: fault for fault in faults}
    rest = (found.pop(cell.at, Kept(cell, HELD_BACK)) for cell in row.answers)
    return (*rest, *found.values())


def _judge_typed(row: FilledRow, typed: Typed, stands: Stands) -> Verdict:
    if not typed.is_done and row.stood == stands.work.status == AssignmentStatus.DONE:
        return (Kept(row.done, NOT_HERE),)
    if stands.work.status is not AssignmentStatus.OPEN:
        differences = tuple(_differences(row, typed, stands))
        return Contradiction(row, stands, differences) if differences else Unchanged(is_blank=False)
    if not typed.is_done:
        return tuple(Kept(cell, NOT_DONE) for cell in row.answers)
    if row.stood != AssignmentStatus.OPEN or row.reopened != str(stands.work.reopened):
        return Contradiction(row, stands, tuple(Difference(cell, None) for cell in row.answers))
    return New(row, stands, typed)


def _judge_blank(row: FilledRow, stands: Stands | Refusal) -> Verdict:
    is_done = isinstance(stands, Stands) and stands.work.status is AssignmentStatus.DONE
    if is_done and row.stood == AssignmentStatus.DONE:
        return (Kept(row.done, NOT_HERE),)
    return Unchanged(is_blank=True)


def _read(row: FilledRow, stands: Stands) -> Typed | tuple[Kept, ...]:
    """Read the cells of a row; those that cannot be read come back with their reasons."""
    faults: list[Kept] = []
    is_done = read_done(row.done.value)
    if is_done is None:
        neither = Said("says neither that the task is done nor that it is not")
        faults.append(Kept(row.done, why_no_value(row.done.value) or neither))
    asked = {figure.code for figure in stands.spec.figures}
    figures: dict[str, Decimal] = {}
    for code, cell in row.given:
        number = read_number(cell.value)
        if code not in asked or code in figures:
            faults.append(Kept(cell, Said("the task does not ask for this figure")))
        elif number is None:
            faults.append(Kept(cell, why_no_value(cell.value) or Said("is not a number")))
        else:
            figures[code] = number
    note = None
    if row.note is not None:
        try:
            note = _read_note(row.note)
        except Refusal as refusal:
            faults.append(Kept(row.note, refusal.said))
    return held_back(row, faults) if faults else Typed(bool(is_done), figures, note)


def _read_note(cell: FilledCell) -> str:
    if why := why_no_value(cell.value):
        raise Refusal("{why}", why=why)
    return read_words(cell.text, LONGEST_NOTE)


def _differences(row: FilledRow, typed: Typed, stands: Stands) -> Iterator[Difference]:
    """Give the cells that say something else than what stands; a cell that says nothing contradicts nothing."""
    work = stands.work
    if typed.is_done and work.status is not AssignmentStatus.DONE:
        yield Difference(row.done, None)
    for code, cell in row.given:
        stored = stands.figures.get(code)
        if typed.figures[code] != stored:
            yield Difference(cell, None if stored is None else str(stored))
    if row.note is not None and typed.note != (work.note or "").strip():
        yield Difference(row.note, work.note)

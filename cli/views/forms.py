"""What became of a workbook of answers."""

from collections.abc import Iterator
from pathlib import Path

from actions.answers.judging import Difference
from actions.answers.standing import Conflict
from actions.take_answers import TakenAnswers
from cli.shapes.answers import CellShape, ConflictShape, DifferenceShape, TakenShape
from cli.views.answers import receipt_shape
from config.said import Said
from config.translation import say_sentence
from config.vocabulary import Language
from sheets.answers.filled import Kept


def taken_shape(taken: TakenAnswers, *, dry_run: bool) -> TakenShape:
    """Give it as `answers import --json` prints it."""
    return TakenShape(
        campaign=taken.campaign,
        dry_run=dry_run,
        done=tuple(map(receipt_shape, taken.done)),
        unchanged=taken.unchanged,
        blank=taken.blank,
        moved=taken.moved,
        conflicts=tuple(map(_conflict_shape, taken.conflicts)),
        not_taken=tuple(map(_cell_shape, taken.kept)),
    )


def taken_line(taken: TakenAnswers, *, dry_run: bool) -> Said:
    """Say in one line how many answers were taken."""
    moved = Said(" ({count} of them with another last day than on the sheet)", count=taken.moved)
    return Said(
        "{count} answers {written}{moved}, {unchanged} stand already, {blank} rows blank, {conflicts} in conflict, "
        "{kept} cells not taken",
        count=len(taken.done),
        written=Said("would be written") if dry_run else Said("written"),
        moved=moved if taken.moved else "",
        unchanged=taken.unchanged,
        blank=taken.blank,
        conflicts=len(taken.conflicts),
        kept=len(taken.kept),
    )


def trouble_lines(file: Path, taken: TakenAnswers, language: Language) -> Iterator[str]:
    """Say of everything that was not taken where it stands, what it says and why, a line each."""
    for conflict in taken.conflicts:
        yield from _conflict_lines(file, conflict, language)
    for kept in taken.kept:
        cell, why = kept.cell, say_sentence(kept.reason, language).in_one_line()
        yield f'{file}: {cell.sheet}!{cell.at}: {cell.title or "-"}: "{cell.text}": {why}'


def _conflict_lines(file: Path, conflict: Conflict, language: Language) -> Iterator[str]:
    for difference in conflict.differences:
        cell = difference.cell
        why = say_sentence(_conflict(conflict, difference), language)
        yield f'{file}: {cell.sheet}!{cell.at}: {cell.title or "-"}: "{cell.text}": {why}'


def _conflict(conflict: Conflict, difference: Difference) -> Said:
    return Said(
        "{branch} {task} is {status} by {who} since {when}, where {instead} stands",
        branch=conflict.branch,
        task=f"{conflict.stage}/{conflict.task}",
        status=conflict.status,
        who=conflict.who,
        when=f"{conflict.at:%Y-%m-%dT%H:%MZ}" if conflict.at else Said("an unknown day"),
        instead=Said("nothing") if difference.stands is None else f'"{difference.stands}"',
    )


def _conflict_shape(conflict: Conflict) -> ConflictShape:
    return ConflictShape(
        sheet=conflict.row.done.sheet,
        branch=conflict.branch,
        stage=conflict.stage,
        task=conflict.task,
        status=conflict.status,
        by=conflict.who,
        at=conflict.at,
        cells=tuple(
            DifferenceShape(each.cell.row, each.cell.column, each.cell.title, each.cell.text, each.stands)
            for each in conflict.differences
        ),
    )


def _cell_shape(kept: Kept) -> CellShape:
    cell = kept.cell
    return CellShape(cell.sheet, cell.row, cell.column, cell.title, cell.text, kept.reason)

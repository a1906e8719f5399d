"""A workbook that was read, packed small, so that it can be looked at now and written later."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from config.said import Said
from config.sheets import Cell, MergedCell, NoValue
from sheets.answers.filled import FilledCell, FilledForm, FilledRow, Kept
from sheets.answers.typed import read_number


def pack_form(form: FilledForm) -> bytes:
    """Return the form as few bytes; a date in it is the text that it shows."""
    rows = [
        [
            [row.campaign, row.task, row.stood, row.seen, row.reopened, row.noted, row.is_intact],
            {code: str(value) for code, value in row.held.items()},
            _pack(row.named),
            _pack(row.done),
            [[code, _pack(cell)] for code, cell in row.figures],
            _pack(row.note) if row.note else None,
        ]
        for row in form.rows
    ]
    strays = [[_pack(stray.cell), stray.reason.sentence] for stray in form.strays]
    return zlib.compress(json.dumps([rows, strays], ensure_ascii=False, separators=(",", ":")).encode())


def unpack_form(data: bytes) -> FilledForm:
    """Return the form that was packed."""
    rows, strays = json.loads(zlib.decompress(data))
    return FilledForm(
        tuple(map(_unpack_row, rows)), tuple(Kept(_unpack(cell), Said(reason)) for cell, reason in strays)
    )


def _pack(cell: FilledCell) -> Sequence[Any]:
    value: Any = cell.value
    if isinstance(value, MergedCell):
        value = [str(value), True]
    elif isinstance(value, NoValue):
        value = [str(value), False]
    elif not isinstance(value, str | int | float):
        value = cell.text
    return [cell.sheet, cell.row, cell.column, cell.title, value]


def _unpack(packed: Sequence[Any]) -> FilledCell:
    sheet, row, column, title, value = packed
    return FilledCell(sheet, row, column, title, _unpack_cell(value))


def _unpack_cell(value: str | float | list[Any]) -> Cell:
    if not isinstance(value, list):
        return value
    shown, is_merged = value
    return MergedCell(shown) if is_merged else NoValue(shown)


def _unpack_row(packed: Sequence[Any]) -> FilledRow:
    (campaign, task, stood, seen, reopened, noted, is_intact), held, named, done, figures, note = packed
    read = {code: read_number(number) for code, number in held.items()}
    return FilledRow(
        campaign=campaign,
        named=_unpack(named),
        task=task,
        stood=stood,
        seen=seen,
        reopened=reopened,
        noted=noted,
        held={code: number for code, number in read.items() if number is not None},
        is_intact=is_intact,
        done=_unpack(done),
        figures=tuple((code, _unpack(cell)) for code, cell in figures),
        note=_unpack(note) if note else None,
    )

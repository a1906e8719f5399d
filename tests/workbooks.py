"""Workbooks as people meet them: filled in at some cells, looked at, and saved again by an office program."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from actions.house import House
from actions.reading.answer_forms import open_answer_form
from config.vocabulary import Language
from sheets.answers.form import BRANCH, DONE, FIGURE, NOTE, TASK
from sheets.answers.workbook import write_form
from tests.factories import at

MADE = at("2009-09-15 09:00")
YES = "已完成"

Wishes = Mapping[tuple[str, str], Mapping[str, Any]]
"""What to write, by branch and task: `done`, `note` and figures by their codes."""


def a_form(
    house: House,
    file: Path,
    *,
    campaign: str = "trial",
    now: Any = MADE,
    language: Language = Language.ZH,
    **narrowed: Any,
) -> Path:
    """A workbook of answers as Rollcall makes it."""
    with open_answer_form(house, campaign, now=now, **narrowed) as form, file.open("wb") as out:
        write_form(form, out, language)
    return file


def fill(file: Path, wishes: Wishes, copy: Path | None = None) -> Path:
    """Fill in a workbook as a person does who changes nothing else, and save it, as a copy where one is named."""
    book = load_workbook(file)
    left = dict(wishes)
    for sheet in book.worksheets[1:]:
        marks = marks_of(sheet)
        for row in range(5, sheet.max_row + 1):
            key = (sheet.cell(row, marks[BRANCH]).value, sheet.cell(row, marks[TASK]).value)
            for what, value in left.pop(key, {}).items():
                sheet.cell(row, marks[{"done": DONE, "note": NOTE}.get(what, FIGURE + what)], value)
    assert not left, "no such rows"
    book.save(copy or file)
    return copy or file


def marks_of(sheet: Worksheet) -> dict[str, int]:
    """Where the columns of a sheet stand, counted from 1, by their marks."""
    return {str(cell.value): cell.column for cell in sheet[3] if cell.value}


def saved_again(file: Path, folder: Path, kind: str = "xlsx") -> Path:
    """What LibreOffice makes of a file that it opens and saves; it has to be there in CI."""
    program = shutil.which("soffice")
    if program is None:
        why = "no LibreOffice (soffice) is installed"
        pytest.fail(why) if "CI" in os.environ else pytest.skip(why)
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(file)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    made = folder / f"{file.stem}.{kind}"
    assert made.exists(), told.stdout + told.stderr
    return made

"""Workbooks of answers over HTTP, on pages and for programs: how large one may be, and how it is handed out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import IO

from fastapi import Response

from config.errors import Refusal
from config.vocabulary import FileFormat
from sheets.answers.form import AnswerForm, FormRow
from sheets.answers.workbook import write_form
from web.context import Here
from web.downloads import download
from web.limits import LARGEST_WORKBOOK

MIB = 1024 * 1024
MOST_ROWS = 15_000
"""How many rows a workbook that is handed out has at most: a page could not carry more of them to the second click."""


def hand_out_form(here: Here, form: AnswerForm, campaign: str, whose: str | None) -> Response:
    """Hand out the workbook of a form; Refusal for one that could not be handed in again."""

    def write(file: IO[bytes]) -> None:
        write_form(bounded(here, form), file, here.language)
        if file.tell() > largest(here):
            raise too_large(here)

    return download(name_of(campaign, whose, f"{form.made_at:%Y-%m-%d}"), FileFormat.XLSX, write)


def name_of(campaign: str, whose: str | None, day: str) -> str:
    """Name a file by the campaign, whose work it has, and the day on which it was made."""
    return "-".join(filter(None, ("answers", campaign, whose, day)))


def largest(here: Here) -> int:
    """Return how many bytes a workbook may have."""
    return min(LARGEST_WORKBOOK, here.house.settings.evidence_bytes)


def too_large(here: Here) -> Refusal:
    """Say that a workbook is too large, and what to do."""
    return Refusal(
        "the workbook is larger than {most} MiB; take workbooks away for units below, and hand those in one by one",
        most=largest(here) // MIB,
    )


def bounded(here: Here, form: AnswerForm) -> AnswerForm:
    """Let a form end with a Refusal where it has more rows than a workbook may have."""
    numbers = count(1)

    def at_most(rows: Iterator[FormRow]) -> Iterator[FormRow]:
        for number, row in zip(numbers, rows, strict=False):
            if number > MOST_ROWS:
                raise too_large(here)
            yield row

    return replace(form, sheets=tuple(replace(sheet, rows=at_most(sheet.rows)) for sheet in form.sheets))

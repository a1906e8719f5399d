"""LibreOffice opens every file that is written."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from config.vocabulary import Language, Measure
from reports.form import write_form_document, write_form_workbook
from reports.issue import write_issue_document
from reports.issue_workbook import write_issue_workbook
from reports.summary import write_summary_document
from reports.word import template_of
from reports.workbook import write_workbook
from tests.reports.values import (
    WRITTEN_AT,
    a_bulletin,
    a_form,
    a_long_report,
    a_report,
    an_empty_report,
    happenings,
    named,
)
from tests.reports.words import words_of
from tests.workbooks import saved_again

DOCUMENTS: Mapping[str, Callable[[Language], bytes]] = {
    "report": lambda language: write_summary_document(a_report(), language, written_at=WRITTEN_AT),
    "empty": lambda language: write_summary_document(an_empty_report(), language, written_at=WRITTEN_AT),
    "long": lambda language: write_summary_document(a_long_report(), language, written_at=WRITTEN_AT),
    "bulletin": lambda language: write_issue_document(a_bulletin(), language, written_at=WRITTEN_AT),
    "return": lambda language: write_form_document(a_form(), language, written_at=WRITTEN_AT),
}
WORKBOOKS: Mapping[str, Callable[[Language], bytes]] = {
    "report": lambda language: write_workbook(a_report(), language, written_at=WRITTEN_AT),
    "empty": lambda language: write_workbook(an_empty_report(), language, written_at=WRITTEN_AT),
    "long": lambda language: write_workbook(a_long_report(), language, written_at=WRITTEN_AT),
    "bulletin": lambda language: write_issue_workbook(
        a_bulletin(), happenings({Measure.VISITS: (5, 3)}, exemplars=named(2)), language, written_at=WRITTEN_AT
    ),
    "return": lambda language: write_form_workbook(a_form(), language, written_at=WRITTEN_AT),
}


ZH, EN = Language
WRITTEN = [
    ("report", ZH),
    ("report", EN),
    ("return", ZH),
    ("return", EN),
    ("bulletin", ZH),
    ("empty", ZH),
    ("long", ZH),
]


@pytest.mark.parametrize(("written", "language"), WRITTEN)
def test_a_document_is_opened_and_saved_with_every_word(written: str, language: Language, tmp_path: Path) -> None:
    file = tmp_path / "written.docx"
    file.write_bytes(DOCUMENTS[written](language))
    assert saved_again(file, tmp_path / "opened", "pdf").read_bytes().startswith(b"%PDF")
    assert words_of(saved_again(file, tmp_path / "opened", "docx")) == words_of(file)


@pytest.mark.parametrize(("written", "language"), WRITTEN)
def test_a_workbook_is_opened_and_saved_with_every_cell(written: str, language: Language, tmp_path: Path) -> None:
    file = tmp_path / "written.xlsx"
    file.write_bytes(WORKBOOKS[written](language))
    assert cells_of(saved_again(file, tmp_path / "opened")) == cells_of(file)


def cells_of(file: Path) -> dict[str, list[list[Any]]]:
    """The cells of each page: of shares as many digits as LibreOffice keeps, and an empty text is none."""
    return {page.title: [[cell_of(value) for value in row] for row in page.values] for page in load_workbook(file)}


def cell_of(value: Any) -> Any:
    return round(value, 12) if isinstance(value, float) else None if value == "" else value


def test_a_template_that_was_saved_there_is_filled_with_the_same_words(tmp_path: Path) -> None:
    ours = tmp_path / "ours.docx"
    ours.write_bytes(template_of("summary", Language.ZH).read_bytes())
    theirs = saved_again(ours, tmp_path / "opened", "docx")
    ours_filled, theirs_filled = (
        write_summary_document(a_report(), Language.ZH, written_at=WRITTEN_AT, template=file) for file in (ours, theirs)
    )
    assert words_of(theirs_filled) == words_of(ours_filled)

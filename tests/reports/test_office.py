"""LibreOffice opens every file that is written."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from config.vocabulary import Language
from reports.issue import write_issue_document
from reports.summary import write_summary_document
from reports.workbook import write_workbook
from tests.reports.values import WRITTEN_AT, a_bulletin, a_report
from tests.reports.words import words_of
from tests.workbooks import saved_again


@pytest.mark.parametrize("language", Language)
def test_a_report_is_opened_and_saved_with_every_word(language: Language, tmp_path: Path) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(write_summary_document(a_report(), language, written_at=WRITTEN_AT))
    assert saved_again(file, tmp_path / "opened", "pdf").read_bytes().startswith(b"%PDF")
    assert words_of(saved_again(file, tmp_path / "opened", "docx")) == words_of(file)


def test_a_workbook_is_opened_and_saved_with_every_cell(tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    file.write_bytes(write_workbook(a_report(), Language.ZH, written_at=WRITTEN_AT))
    before, after = (
        {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in load_workbook(BytesIO(each.read_bytes()))}
        for each in (file, saved_again(file, tmp_path / "opened"))
    )
    assert [*after] == [*before]
    for page in ("说明", "主要数据", "典型", "1 问题与建议", "出处"):
        assert after[page] == before[page]


def test_a_bulletin_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "issue.docx"
    file.write_bytes(write_issue_document(a_bulletin(), Language.ZH, written_at=WRITTEN_AT))
    assert saved_again(file, tmp_path / "opened", "pdf").read_bytes().startswith(b"%PDF")

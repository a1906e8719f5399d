"""The reader apart ends with whoever reads, whatever happens."""

import os
from pathlib import Path

import pytest

from config.sheets import Source, open_sheets
from tests.sheets.offices import ROWS, Book, book, save_xlsx


def children() -> set[str]:
    here = Path(f"/proc/self/task/{os.getpid()}/children")
    return set(here.read_text().split())


def test_a_sheet_gives_its_rows_with_their_numbers_and_cells(tmp_path: Path) -> None:
    file = save_xlsx(tmp_path / "a.xlsx", Book({"甲": ((), ("", "x", 3), ("", " y ", 4.5))}))
    with open_sheets(Source.of_file(file)) as sheets:
        (sheet,) = ((sheet.name, list(sheet.rows())) for sheet in sheets)
    assert sheet == ("甲", [(2, ("", "x", 3.0)), (3, ("", "y", 4.5))])


def test_sheets_that_nobody_reads_are_passed_over(tmp_path: Path) -> None:
    file = save_xlsx(tmp_path / "a.xlsx", Book({name: ((name,),) * 3 for name in "甲乙丙"}))
    with open_sheets(Source.of_file(file)) as sheets:
        assert [sheet.name for sheet in sheets] == ["甲", "乙", "丙"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell of child processes")
def test_whoever_stops_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    file = save_xlsx(tmp_path / "a.xlsx", book(*ROWS))
    before = children()
    with open_sheets(Source.of_file(file)) as sheets:
        next(sheets)
        assert children() > before
    assert children() == before


def test_what_somebody_sent_is_read_as_a_file_is(tmp_path: Path) -> None:
    file = save_xlsx(tmp_path / "a.xlsx", book(*ROWS))

    def rows_of(source: Source) -> list[object]:
        with open_sheets(source) as sheets:
            return [row for sheet in sheets for row in sheet.rows()]

    assert rows_of(Source("sent", data=file.read_bytes())) == rows_of(Source.of_file(file))

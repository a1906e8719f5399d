"""Write a list in the format that was asked for."""

from typing import IO

from config.vocabulary import FileFormat, Language
from sheets.lists.parquet_file import write_parquet
from sheets.lists.table import Table
from sheets.lists.text_file import write_text
from sheets.lists.workbook import write_list


def write_table(table: Table, out: IO[bytes], written_as: FileFormat, language: Language, *, marked: bool) -> int:
    """Write a list and return how many rows it has; `marked` is for text that Excel is to open."""
    match written_as:
        case FileFormat.XLSX:
            return write_list(table, out, language)
        case FileFormat.CSV:
            return write_text(table, out, language, marked=marked)
        case FileFormat.PARQUET:
            return write_parquet(table, out, language)

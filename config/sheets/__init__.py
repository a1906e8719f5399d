"""Files of sheets, read: xlsx, xls, ods and text of any usual kind, as offices make them.

`open_sheets` gives the sheets of a file with their rows; `open_table` finds in a sheet the table with certain columns,
whatever stands above, between and below. What cannot be read is a SheetFileError in one line.
"""

from config.sheets.cells import Cell, MergedCell, NoValue, text_of, why_no_value
from config.sheets.faults import SheetFileError
from config.sheets.headers import Columns
from config.sheets.source import Source
from config.sheets.table import Records, Table, TotalRow, open_table
from config.sheets.workbook import Sheet, open_sheets

__all__ = [
    "Cell",
    "Columns",
    "MergedCell",
    "NoValue",
    "Records",
    "Sheet",
    "SheetFileError",
    "Source",
    "Table",
    "TotalRow",
    "open_sheets",
    "open_table",
    "text_of",
    "why_no_value",
]

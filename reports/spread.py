"""Tables that were given as many columns as there were figures: how wide these are."""

from typing import Any

from docx.oxml.ns import qn

WHOLE = 5_000
"""A whole width in percent, as Word counts it: in fiftieths."""


def keep_first_columns(body: Any) -> None:
    """Let each first column that has its width in percent keep that share, and the others share the rest evenly.

    Columns that were added to a table are else all as wide as one another, and names of units are broken.
    """
    for table in body.iter(qn("w:tbl")):
        columns = table.tblGrid.gridCol_lst
        share = _share_of_first(table)
        if share is None or len(columns) == 1:
            continue
        width = sum(column.w for column in columns)
        first = int(width * share)
        for column in columns:
            column.w = (width - first) // (len(columns) - 1)
        columns[0].w = first


def _share_of_first(table: Any) -> float | None:
    width = table.tr_lst[0].tc_lst[0].tcPr.find(qn("w:tcW")) if table.tr_lst else None
    if width is None or width.get(qn("w:type")) != "pct":
        return None
    return int(width.get(qn("w:w"))) / WHOLE

"""Tables of a template: ruled, with a head that is repeated on every page, and rows that are not torn apart."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from docx.table import _Cell

SHADE = "E7E6E6"
FULL = 15.8
"""The width of a page's text, in centimetres."""
FIRST_SHARE = 22
"""How many percent of a table by unit are for its first column; Word counts them in fiftieths."""
_SIDE = '<w:{side} w:w="57" w:type="dxa"/>'
_MARGINS = f"<w:tblCellMar {nsdecls('w')}>{_SIDE.format(side='left')}{_SIDE.format(side='right')}</w:tblCellMar>"
"""A millimetre on either side of a cell, so that narrow columns have room for a long word."""


def table_of(
    document: Document, titles: Sequence[str], rows: str, tags: Sequence[str], widths: Sequence[float]
) -> None:
    """Add a table with a row for each of `rows`, called `row`; what stands in its columns, `tags` say.

    Texts are set to the left, the rest, which are numbers, to the right; `widths` are in centimetres.
    """
    table = _ruled(document, 4, len(titles))
    for place, (title, tag, width) in enumerate(zip(titles, tags, widths, strict=True)):
        _head(table.cell(0, place), title)
        is_text = place == 0 or not tag.endswith("#")
        _fill(table.cell(2, place), tag.removesuffix("#"), centred=False, right=not is_text)
        table.columns[place].width = Cm(width)
        for row in table.rows:
            row.cells[place].width = Cm(width)
    _fill(table.cell(1, 0), f"{{%tr for row in {rows} %}}")
    _fill(table.cell(3, 0), "{%tr endfor %}")
    _keep_together(table)


def spreading_table(document: Document, first: str, table_name: str) -> None:
    """Add a table that has as many columns as `table_name.columns`, and a row for each of its rows.

    The first column has a share of the width however many there are; the others share the rest.
    """
    table = _ruled(document, 4, 4)
    _head(table.cell(0, 0), first)
    _head(table.cell(0, 1), f"{{%tc for column in {table_name}.columns %}}")
    _head(table.cell(0, 2), "{{ column }}")
    _head(table.cell(0, 3), "{%tc endfor %}")
    _fill(table.cell(1, 0), f"{{%tr for row in {table_name}.rows %}}")
    _fill(table.cell(2, 0), "{{ row.name }}")
    _fill(table.cell(2, 1), "{%tc for figure in row.figures %}")
    _fill(table.cell(2, 2), "{{ figure }}", right=True)
    _fill(table.cell(2, 3), "{%tc endfor %}")
    _fill(table.cell(3, 0), "{%tr endfor %}")
    _keep_together(table)
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            _widen(cell, "pct" if place == 0 else "auto", FIRST_SHARE * 50 if place == 0 else 0)


def _widen(cell: _Cell, kind: str, width: int) -> None:
    found = cell._tc.get_or_add_tcPr().get_or_add_tcW()  # noqa: SLF001 - a width in percent has no other way in
    found.set(qn("w:type"), kind)
    found.set(qn("w:w"), str(width))


def _ruled(document: Document, rows: int, columns: int) -> Any:
    table = document.add_table(rows, columns)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr  # noqa: SLF001 - a width in percent has no other way in
    for width in properties.findall(qn("w:tblW")):
        properties.remove(width)
    # Word takes a document for damaged whose properties stand in another order than its schema has them.
    width = parse_xml(f'<w:tblW {nsdecls("w")} w:w="5000" w:type="pct"/>')
    properties.insert_element_before(width, "w:jc")
    properties.insert_element_before(parse_xml(_MARGINS), "w:tblLook")
    return table


def _head(cell: _Cell, text: str) -> None:
    _fill(cell, text, centred=True)
    cell.paragraphs[0].runs[0].font.bold = True
    cell._tc.get_or_add_tcPr().append(  # noqa: SLF001 - a shade has no other way in
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SHADE}"/>')
    )


def _fill(cell: _Cell, text: str, *, centred: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cell"
    paragraph.add_run(text)
    if centred or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER


def _keep_together(table: Any) -> None:
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - neither has another way in
        properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if row is table.rows[0] or row._tr is table.rows[0]._tr:  # noqa: SLF001
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

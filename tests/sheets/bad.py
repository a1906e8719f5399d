"""Messy sheets with a cell that cannot be taken, and files that cannot be read at all."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter
import xlwt

from config.registry.columns import COLUMNS
from tests.files import compound, office, zipped
from tests.sheets.offices import (
    ANGUO,
    CITY,
    HEAD,
    LANHE,
    QINGYUAN,
    ROWS,
    XIUCHUAN,
    YANYU,
    Book,
    book,
    part_of,
    rewritten,
    save_ods,
    save_text,
    save_xls,
    save_xlsx,
)

Place = tuple[str, str | int, str, str]
"""Sheet, cell or row, column, value."""


@dataclass(frozen=True)
class Flag:
    """A file, the first cell that is told, why, and the others."""

    make: Callable[[Path], Path]
    cell: Place
    reason: str
    others: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A file, why it is refused, and in which row of which sheet where there is one."""

    make: Callable[[Path], Path]
    message: str
    line: int | None = None
    sheet: str = ""


def xlsx(made: Book) -> Callable[[Path], Path]:
    return lambda folder: save_xlsx(folder / "名册.xlsx", made)


def in_lanhe(column: str, value: object) -> Callable[[Path], Path]:
    row = tuple(value if name == column else cell for name, cell in zip(HEAD, LANHE, strict=True))
    return xlsx(book(CITY, row, XIUCHUAN, YANYU))


def left_at_nought(folder: Path) -> Path:
    """A sheet whose writer leaves all formulas for whoever opens it, and nought in their places."""
    file = folder / "名册.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet("名册")
        for number, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(number, 0, row)
        sheet.write_formula("G3", "=7+7")
    return file


def in_ods(folder: Path, attributes: bytes, content: bytes) -> Path:
    """An open document with a cell of its own making where the members of one branch stand."""
    file = save_ods(folder / "名册.ods", book(*ROWS))
    told = part_of(file, "content.xml")
    plain = b'<table:table-cell office:value-type="float" office:value="14"/>'
    assert plain in told
    cell = b"<table:table-cell " + attributes + b">" + content + b"</table:table-cell>"
    return rewritten(file, {"content.xml": told.replace(plain, cell)})


def error_in_xls(folder: Path) -> Path:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("名册")
    for number, row in enumerate((HEAD, *ROWS)):
        for column, cell in enumerate(row):
            if (number, column) != (2, 6):
                sheet.write(number, column, cell)
    sheet.row(2).set_cell_error(6, "#N/A!")
    workbook.save(str(folder / "名册.xls"))
    return folder / "名册.xls"


def formulas_in_xls(folder: Path) -> Path:
    """Formulas as a library writes them, which works none out: of a count, and of what may be left out."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("名册")
    for number, row in enumerate(((*HEAD, "负责人"), *ROWS)):
        for column, cell in enumerate(row):
            if (number, column) != (2, 6):
                sheet.write(number, column, cell)
    sheet.write(2, 6, xlwt.Formula("7+7"))
    sheet.write(2, 8, xlwt.Formula('"张"&"三"'))
    workbook.save(str(folder / "名册.xls"))
    return folder / "名册.xls"


def coded(*codes: object) -> Book:
    return book(CITY, *((*ANGUO, code, f"支部{code}", 5, 50) for code in codes))


FLAGGED = {
    "a-wrong-total": Flag(
        xlsx(book(*ROWS, ("合计", "", "", "", "", "", 46, 616))),
        ("名册", "H6", "employees", "616"),
        "the rows add up to 615",
    ),
    "a-wrong-total-in-xls": Flag(
        lambda folder: save_xls(folder / "a.xls", book(*ROWS, ("合计", "", "", "", "", "", 45, 615))),
        ("名册", "G6", "members", "45"),
        "the rows add up to 46",
    ),
    "a-wrong-subtotal": Flag(
        xlsx(book(CITY, LANHE, XIUCHUAN, ("小计", "", "", "", "", "", 24, 305), YANYU)),
        ("名册", "G5", "members", "24"),
        "the rows add up to 23",
    ),
    "a-wrong-total-in-csv": Flag(
        lambda folder: save_text(folder / "a.csv", book(*ROWS, ("合计", "", "", "", "", "", "约46", 615))),
        ("", 6, "members", "约46"),
        "the rows add up to 46",
    ),
    "two-sheets-that-disagree": Flag(
        xlsx(Book({"九月": (HEAD, *ROWS), "十月": (HEAD, (*LANHE[:6], 15, 220))})),
        ("十月", "E2", "branch_code", "130683-001"),
        "already on line 3 of sheet 九月",
    ),
    "two-sheets-that-name-a-unit-otherwise": Flag(
        xlsx(Book({"九月": (HEAD, *ROWS), "十月": (HEAD, ("130683", "安国县", "130600", "县", "", "", "", ""))})),
        ("十月", "B2", "unit_name", "安国县"),
        "line 3 of sheet 九月 says 安国市",
    ),
    "a-branch-in-two-units": Flag(
        xlsx(book(*ROWS, (*QINGYUAN, *LANHE[4:]))),
        ("名册", "E6", "branch_code", "130683-001"),
        "already on line 3",
    ),
    "a-code-that-became-a-number": Flag(
        xlsx(coded("001", "002", 3)),
        ("名册", "E5", "branch_code", "3"),
        "a number, which loses zeros before it: is it 003?",
    ),
    "a-code-that-became-a-date": Flag(
        in_lanhe("支部编码", date(2009, 3, 1)),
        ("名册", "E3", "branch_code", "2009-03-01"),
        "a date; write the code as text",
    ),
    "a-code-with-lost-digits": Flag(
        in_lanhe("支部编码", 1234567890123456789),
        ("名册", "E3", "branch_code", "1.234567890123457e+18"),
        "a number of more than 15 digits",
    ),
    "a-nul-astray-in-a-csv": Flag(
        lambda folder: save_text(folder / "a.csv", book(CITY, (*LANHE[:5], "澜禾\0", *LANHE[6:]), YANYU)),
        ("", 3, "branch_name", "澜禾\\u0000"),
        "has a control character (U+0000)",
    ),
    "about-so-many": Flag(in_lanhe("党员人数", "约30"), ("名册", "G3", "members", "约30"), "not a whole number"),
    "more-than-so-many": Flag(
        in_lanhe("职工人数", "30余人"), ("名册", "H3", "employees", "30余人"), "not a whole number"
    ),
    "a-comma-in-the-wrong-place": Flag(
        in_lanhe("职工人数", "12,34"), ("名册", "H3", "employees", "12,34"), "not a whole number"
    ),
    "a-count-merged-over-two-rows": Flag(
        xlsx(book(CITY, LANHE, XIUCHUAN, YANYU, merges=[(3, 7, 4, 7)])),
        ("名册", "G3", "members", "14"),
        "one cell over several rows",
        (("名册", "G4", "members", "14"),),
    ),
    "a-count-merged-over-two-rows-in-ods": Flag(
        lambda folder: save_ods(folder / "a.ods", book(CITY, LANHE, XIUCHUAN, YANYU, merges=[(3, 8, 4, 8)])),
        ("名册", "H3", "employees", "220"),
        "one cell over several rows",
        (("名册", "H4", "employees", "220"),),
    ),
    "a-telephone-and-an-officer-merged-in-xls": Flag(
        lambda folder: save_xls(
            folder / "a.xls",
            book(
                (*CITY, "", "", ""),
                (*LANHE, "0312-5550101", "L1", "王五"),
                (*XIUCHUAN, "", "", ""),
                (*YANYU, "", "", ""),
                head=(*HEAD, "联系电话", "联络员编码", "联络员姓名"),
                merges=[(3, column, 4, column) for column in (9, 10, 11)],
            ),
        ),
        ("名册", "I3", "phone", "0312-5550101"),
        "one cell over several rows",
        (
            ("名册", "J3", "officer_code", "L1"),
            ("名册", "K3", "officer_name", "王五"),
            ("名册", "I4", "phone", "0312-5550101"),
            ("名册", "J4", "officer_code", "L1"),
            ("名册", "K4", "officer_name", "王五"),
        ),
    ),
    "a-name-as-above": Flag(
        xlsx(book(CITY, LANHE, (*XIUCHUAN[:5], "同上", 9, 85), YANYU)),
        ("名册", "F4", "branch_name", "同上"),
        "stands for the cell above",
    ),
    "a-code-and-a-count-as-above": Flag(
        xlsx(book(CITY, LANHE, (*ANGUO, "同上", "岫川中药材", "〃", 85), YANYU)),
        ("名册", "E4", "branch_code", "同上"),
        "stands for the cell above",
        (("名册", "G4", "members", "〃"),),
    ),
    "a-unit-as-above-below-the-header": Flag(
        xlsx(book(("同上", *LANHE[1:]), CITY, YANYU)),
        ("名册", "A2", "unit_code", "同上"),
        "stands for the cell above",
    ),
    "half-a-member": Flag(in_lanhe("党员人数", 14.5), ("名册", "G3", "members", "14.5"), "not a whole number"),
    "fewer-than-none": Flag(in_lanhe("职工人数", -3), ("名册", "H3", "employees", "-3"), "negative"),
    "no-count": Flag(in_lanhe("党员人数", ""), ("名册", "G3", "members", ""), "missing; write 0"),
    "a-date-where-a-count-is": Flag(
        in_lanhe("职工人数", date(2009, 9, 7)), ("名册", "H3", "employees", "2009-09-07"), "not a whole number"
    ),
    "a-formula-nobody-has-worked-out": Flag(
        in_lanhe("党员人数", "=7+7"), ("名册", "G3", "members", "=7+7"), "a formula that nobody has worked out"
    ),
    "a-formula-that-its-writer-left-at-nought": Flag(
        left_at_nought, ("名册", "G3", "members", "=7+7"), "a formula that nobody has worked out"
    ),
    "a-formula-without-a-value-in-an-open-document": Flag(
        lambda folder: in_ods(folder, b'table:formula="of:=7+7"', b""),
        ("名册", "G3", "members", "=7+7"),
        "a formula that nobody has worked out",
    ),
    "an-error-where-a-count-is": Flag(
        in_lanhe("党员人数", "#DIV/0!"), ("名册", "G3", "members", "#DIV/0!"), "an error of the spreadsheet"
    ),
    "an-error-where-nothing-is-needed": Flag(
        xlsx(book((*CITY, ""), (*LANHE, "#N/A"), (*YANYU, "王五"), head=(*HEAD, "负责人"))),
        ("名册", "I3", "leader", "#N/A"),
        "an error of the spreadsheet",
    ),
    "an-error-in-a-sum": Flag(
        xlsx(book(*ROWS, ("合计", "", "", "", "", "", "#REF!", 615))),
        ("名册", "G6", "members", "#REF!"),
        "an error of the spreadsheet",
    ),
    "a-row-of-nothing-but-errors": Flag(
        xlsx(book(*ROWS, ("#REF!",) * 8)),
        ("名册", "A6", "unit_code", "#REF!"),
        "an error of the spreadsheet",
        tuple(("名册", f"{letter}6", column, "#REF!") for letter, column in zip("BCDEFGH", COLUMNS[1:8], strict=True)),
    ),
    "an-error-in-an-open-document": Flag(
        lambda folder: in_ods(
            folder, b'office:value-type="string" calcext:value-type="error"', b"<text:p>#NAME?</text:p>"
        ),
        ("名册", "G3", "members", "#NAME?"),
        "an error of the spreadsheet",
    ),
    "an-error-in-an-old-open-document": Flag(
        lambda folder: in_ods(
            folder,
            b'table:formula="of:=1/0" office:value-type="float" office:value="0"',
            b"<text:p>#DIV/0!</text:p>",
        ),
        ("名册", "G3", "members", "#DIV/0!"),
        "an error of the spreadsheet",
    ),
    "an-error-in-xls": Flag(error_in_xls, ("名册", "G3", "members", "#N/A"), "an error of the spreadsheet"),
    "formulas-that-a-library-wrote-in-xls": Flag(
        formulas_in_xls,
        ("名册", "G3", "members", "=…"),
        "a formula that nobody has worked out; open the file and save it once, or write the value itself",
        (("名册", "I3", "leader", "=…"),),
    ),
    "an-error-saved-as-csv": Flag(
        lambda folder: save_text(folder / "a.csv", book(CITY, (*LANHE[:5], "#REF!", *LANHE[6:]), YANYU)),
        ("", 3, "branch_name", "#REF!"),
        "an error of the spreadsheet",
    ),
    "a-level-that-is-none": Flag(in_lanhe("级别", "片区"), ("名册", "D3", "level", "片区"), "unknown; write one of"),
    "a-unit-nobody-knows": Flag(
        xlsx(book(*ROWS, ("130699", "", "", "", "130699-001", "某企业", 3, 30))),
        ("名册", "A6", "unit_code", "130699"),
        "unknown unit, and no row gives its unit_name",
    ),
    "a-cell-beside-the-table": Flag(
        xlsx(book(CITY, (*LANHE, "", "请核对"), XIUCHUAN, YANYU)),
        ("名册", "J3", "", "请核对"),
        "stands beside the table",
    ),
    "a-telephone-in-powers-of-ten": Flag(
        xlsx(book((*CITY, ""), (*LANHE, "1.38E+10"), head=(*HEAD, "联系电话"))),
        ("名册", "I3", "phone", "1.38E+10"),
        "not a telephone number",
    ),
    "a-name-that-ends-in-nothing-visible": Flag(
        in_lanhe("支部名称", "澜禾\u202e药业"),
        ("名册", "F3", "branch_name", "澜禾\\u202e药业"),
        "has a control character",
    ),
    "in-a-table-that-begins-at-c4": Flag(
        xlsx(book(CITY, (*LANHE[:6], "x", 220), corner=(4, 3))), ("名册", "I6", "members", "x"), "not a whole number"
    ),
    "several-at-once": Flag(
        xlsx(book(CITY, (*LANHE[:6], "x", "y"), (*XIUCHUAN[:5], "", 9, 85))),
        ("名册", "G3", "members", "x"),
        "not a whole number",
        (("名册", "H3", "employees", "y"), ("名册", "F4", "branch_name", "")),
    ),
}

SHEET = "xl/worksheets/sheet1.xml"


def with_macros(folder: Path) -> Path:
    return rewritten(save_xlsx(folder / "名册.xlsm", book(*ROWS)), {"xl/vbaProject.bin": b"Attribute VB_Name"})


def linked(folder: Path) -> Path:
    file = save_xlsx(folder / "名册.xlsx", book(*ROWS))
    sheet = part_of(file, SHEET).decode().replace("<v>14</v>", "<f>[1]Sheet1!$G$2</f><v>14</v>")
    return rewritten(file, {SHEET: sheet.encode(), "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def linked_in_ods(folder: Path) -> Path:
    file = save_ods(folder / "名册.ods", book(*ROWS))
    formula = b'table:formula="of:=[\'file:///C:/old.xls\'#Sheet1.G2]" office:value="14"'
    content = part_of(file, "content.xml")
    assert b'office:value="14"' in content
    return rewritten(file, {"content.xml": content.replace(b'office:value="14"', formula)})


def bomb(folder: Path) -> Path:
    """A sheet that unpacks to 600 MiB, from a few hundred KiB."""
    file = save_xlsx(folder / "名册.xlsx", book(*ROWS))
    start, end = part_of(file, SHEET).split(b"</sheetData>")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(start)
            for _ in range(600):
                sheet.write(b" " * (1 << 20))
            sheet.write(b"</sheetData>" + end)
    return file


def lying(folder: Path) -> Path:
    """A sheet that is larger than its entry says."""
    file = save_xlsx(folder / "名册.xlsx", book(*ROWS))
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        size = archive.getinfo(SHEET).file_size
    place = data.index(SHEET.encode(), data.index(b"PK\x01\x02"))
    entry = data.rindex(b"PK\x01\x02", 0, place)
    assert struct.unpack_from("<I", data, entry + 24) == (size,)
    struct.pack_into("<I", data, entry + 24, size // 2)
    file.write_bytes(data)
    return file


def far_apart(folder: Path) -> Path:
    """A cell in the last row and the last column that there are."""
    file = folder / "名册.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet("名册")
        sheet.write_row(0, 0, HEAD)
        sheet.write(1_048_575, 16_383, "x")
    return file


def wide(folder: Path) -> Path:
    """A cell in the last column that there is."""
    file = folder / "名册.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        workbook.add_worksheet("名册").write(3, 16_383, "x")
    return file


def cut(folder: Path) -> Path:
    file = save_xlsx(folder / "名册.xlsx", book(*ROWS))
    file.write_bytes(file.read_bytes()[:-200])
    return file


def spoilt(folder: Path) -> Path:
    return rewritten(save_xlsx(folder / "名册.xlsx", book(*ROWS)), {SHEET: b"<worksheet><sheetData><row"})


def holding(data: bytes, name: str = "名册.xlsx") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


SPLIT = [(*row[:6], row[6], 0 if row[6] else "", row[7]) for row in ROWS]
"""The rows with men and women in two columns."""
SPLIT_MERGED = [*((1, column, 2, column) for column in (1, 2, 3, 4, 5, 6, 9)), (1, 7, 1, 8)]
IS_SPLIT = (
    "members (党员数, 党员人数, 党员总数) is split into 党员数/男, 党员数/女; "
    "put one column in their place, with the sum"
)


def split(*parts: str) -> tuple[tuple[str, ...], ...]:
    """A header of two rows, in which members stand in parts."""
    return (*HEAD[:6], "党员数", *[""] * (len(parts) - 1), HEAD[7]), (*[""] * 6, *parts, "")


REFUSED = {
    "macros": Refused(with_macros, "holds macros"),
    "macros-in-xls": Refused(holding(compound("_VBA_PROJECT"), "a.xls"), "holds macros"),
    "a-link-to-another-file": Refused(linked, "cell G3 takes its value from another file", sheet="名册"),
    "a-link-in-an-open-document": Refused(linked_in_ods, "a cell takes its value from another file"),
    "a-bomb": Refused(bomb, "unpacks to more than 512 MiB"),
    "a-size-that-is-not-true": Refused(
        lying, "is damaged: its part xl/worksheets/sheet1.xml is not as large as it says"
    ),
    "cells-too-far-apart": Refused(far_apart, "is too large to be read"),
    "a-sheet-as-wide-as-a-city": Refused(wide, "has cells beyond the first 1,024 columns"),
    "a-password": Refused(holding(compound("EncryptedPackage")), "is locked with a password"),
    "a-word-document": Refused(holding(office("word/document.xml")), "is a Word document"),
    "an-old-word-document": Refused(holding(compound("WordDocument"), "a.xls"), "is a Word document"),
    "a-binary-workbook": Refused(holding(office("xl/workbook.bin"), "名册.xlsb"), "is an .xlsb workbook"),
    "a-zip-of-files": Refused(holding(zipped({"名册.xlsx": b"x"})), "is a zip without a workbook in it"),
    "half-a-file": Refused(cut, "is damaged"),
    "a-spoilt-sheet": Refused(spoilt, "is damaged"),
    "a-web-page": Refused(holding("<html><table>名册".encode(), "名册.xls"), "is a web page under another name"),
    "nothing": Refused(holding(b""), "is empty"),
    "no-table": Refused(xlsx(Book({"说明": (("请填写",),)})), "has no table in it"),
    "no-sheet-with-anything": Refused(xlsx(Book({"Sheet1": ()})), "has no table in it"),
    "a-header-alone": Refused(
        xlsx(Book({"名册": (("名册",), HEAD)})), "has a header and no rows below it", line=2, sheet="名册"
    ),
    "a-column-missing": Refused(
        xlsx(book(*(row[:6] for row in ROWS), head=HEAD[:6])),
        "missing column members (党员数, 党员人数, 党员总数), employees",
        1,
        "名册",
    ),
    "no-codes": Refused(
        xlsx(book(*((row[1], *row[5:]) for row in ROWS), head=("单位名称", *HEAD[5:]))),
        "missing column unit_code (单位编码, 单位代码, 单位编号), branch_code (支部编码, 支部代码, 支部编号)",
        1,
        "名册",
    ),
    "a-needed-column-under-a-name-nobody-knows": Refused(
        xlsx(book(*ROWS, head=(*HEAD[:6], "人数（党员）", "在岗情况"))),
        "missing column members (党员数, 党员人数, 党员总数), employees (职工数, 职工人数, 职工总数); "
        "unknown column 人数（党员）, 在岗情况",
        1,
        "名册",
    ),
    "members-split-below-a-merged-header": Refused(
        xlsx(Book({"名册": (*split("男", "女"), *SPLIT)}, merges=SPLIT_MERGED)), IS_SPLIT, 1, "名册"
    ),
    "members-split-below-a-header-that-is-merged-sideways-alone": Refused(
        xlsx(Book({"名册": (*split("男", "女"), *SPLIT)}, merges=SPLIT_MERGED[-1:])), IS_SPLIT, 1, "名册"
    ),
    "members-split-in-xls": Refused(
        lambda folder: save_xls(folder / "a.xls", Book({"名册": (*split("男", "女"), *SPLIT)}, merges=SPLIT_MERGED)),
        IS_SPLIT,
        1,
        "名册",
    ),
    "members-split-in-brackets": Refused(
        xlsx(book(*SPLIT, head=(*HEAD[:6], "党员数（男）", "党员数（女）", HEAD[7]))),
        "members (党员数, 党员人数, 党员总数) is split into 党员数（男）, 党员数（女）; put one column in their place",
        1,
        "名册",
    ),
    "members-split-by-name": Refused(
        xlsx(book(*SPLIT, head=(*HEAD[:6], "男党员", "女党员", HEAD[7]))),
        "missing column members",
        1,
        "名册",
    ),
    "a-column-twice": Refused(
        xlsx(book(*((*row, "") for row in ROWS), head=(*HEAD, "党员数"))), "column given twice: members", 1, "名册"
    ),
}

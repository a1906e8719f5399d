"""Messy sheets that can be read, and the branches that come out: unit, code, name, members, employees."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.sheets.offices import (
    CITY,
    HEAD,
    LANHE,
    QINGYUAN,
    RIGHT,
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
    without,
)


@dataclass(frozen=True)
class Good:
    """A file, and what is in it."""

    make: Callable[[Path], Path]
    branches: tuple[tuple[object, ...], ...] = RIGHT


def xlsx(made: Book) -> Good:
    return Good(lambda folder: save_xlsx(folder / "名册.xlsx", made))


def xls(made: Book) -> Good:
    return Good(lambda folder: save_xls(folder / "名册.xls", made))


def ods(made: Book) -> Good:
    return Good(lambda folder: save_ods(folder / "名册.ods", made))


def text(made: Book, encoding: str, separator: str = ",", branches: tuple[tuple[object, ...], ...] = RIGHT) -> Good:
    return Good(lambda folder: save_text(folder / "名册.csv", made, encoding=encoding, separator=separator), branches)


TITLES = (("安国市等县基层组织名册",), ("填报单位：保定市", "", "", "", "", "", "填报日期：2009年9月7日"), ())
ENGLISH = ("Unit code", "UNIT NAME", "parent_code", "Level", "Branch Code", "Branch name", "Members", "Employees")
BOTH = (
    "单位编码 Unit code",
    "单位名称/UNIT NAME",
    "Parent code\n上级编码",
    "级别（Level）",
    "支部编码\nBranch Code",
    "支部名称Branch name",
    "党员人数 Members",
    "Employees 职工人数（人）",
)
FULL_WIDTH = (*LANHE[:6], "\uff11\uff14", "\uff12\uff12\uff10")
UNITS_MERGED = [(row, column, row + 1, column) for row in (3,) for column in (1, 2, 3, 4)]
ONE_UNIT = (CITY, LANHE, without(XIUCHUAN, *HEAD[:4]), YANYU)
TWO_ROWS = (
    ("单位编码", "单位名称", "上级编码", "级别", "支部编码", "支部名称", "人数", ""),
    ("", "", "", "", "", "", "党员", "职工"),
)
PARTS_HEAD = (*HEAD[:6], "党员数", "", "", HEAD[7])
PARTS_BELOW = (*[""] * 6, "合计", "男", "女", "")
TWO_ROWS_MERGED = [*((1, column, 2, column) for column in range(1, 7)), (1, 7, 1, 8)]
PHONES = (*HEAD, "联系电话", "联络员编码", "联络员姓名")
FIRST = tuple((*row[:5], f"{row[5]}第一一一一一支部", *row[6:]) for row in (LANHE, XIUCHUAN, YANYU))
FIRST_RIGHT = tuple((*row[:2], f"{row[2]}第一一一一一支部", *row[3:]) for row in RIGHT)
"""One, 一, has a NUL where ASCII has its letter: in UTF-16 that must not turn the order of bytes round."""
NOTES = (("注：1. 党员人数以组织关系为准。",), ("填表人：张三", "", "审核人：李四", "", "", "2009年9月10日"))


def moved(row: tuple[object, ...], order: tuple[int, ...] = (5, 4, 7, 6, 0, 2, 1, 3)) -> tuple[object, ...]:
    return tuple(row[place] for place in order)


def counted(*rows: tuple[object, ...]) -> list[tuple[object, ...]]:
    return [(number, *row, "无") for number, row in enumerate(rows, 1)]


def million(folder: Path) -> Path:
    """A million rows that have nothing but a border below the table."""
    file = save_xlsx(folder / "名册.xlsx", book(*ROWS, empty_rows=1))
    sheet = "xl/worksheets/sheet1.xml"
    start, end = part_of(file, sheet).split(b"</sheetData>")
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="H{row}" s="1"/></row>' for row in range(7, 1_000_007))
    return rewritten(file, {sheet: start + rows.encode() + b"</sheetData>" + end})


IMPORTED = {
    "xlsx": xlsx(book(*ROWS)),
    "xls": xls(book(*ROWS)),
    "ods": ods(book(*ROWS)),
    "csv-utf8": text(book(*ROWS), "utf-8"),
    "csv-utf8-with-mark": text(book(*ROWS), "utf-8-sig"),
    "csv-gb18030": text(book(*ROWS), "gb18030"),
    "csv-utf16": text(book(*ROWS), "utf-16"),
    "csv-utf16-without-mark": text(book(*ROWS), "utf-16-le"),
    "csv-utf16-without-mark-in-the-other-order": text(book(*ROWS), "utf-16-be"),
    "csv-utf16-without-mark-with-titles-and-first-ones": text(
        Book({"": (*TITLES, HEAD, CITY, *FIRST)}), "utf-16-le", "\t", FIRST_RIGHT
    ),
    "csv-utf16-without-mark-in-the-other-order-with-first-ones": text(
        Book({"": (HEAD, CITY, *FIRST)}), "utf-16-be", branches=FIRST_RIGHT
    ),
    "unicode-text-of-excel": text(book(*ROWS), "utf-16", "\t"),
    "csv-with-titles-totals-and-notes": text(
        Book({"": (*TITLES, HEAD, *ROWS, ("合计", "", "", "", "", "", 46, 615), *NOTES)}), "gb18030"
    ),
    "titles-above": xlsx(Book({"名册": (*TITLES, HEAD, *ROWS)})),
    "titles-above-merged": xlsx(Book({"名册": (*TITLES, HEAD, *ROWS)}, merges=[(1, 1, 1, 8), (2, 1, 2, 3)])),
    "titles-above-in-xls": xls(Book({"名册": (*TITLES, HEAD, *ROWS)}, merges=[(1, 1, 1, 8)])),
    "english-header": xlsx(book(*ROWS, head=ENGLISH)),
    "header-in-both-languages": xlsx(book(*counted(*ROWS), head=("序号 No.", *BOTH, "Remarks/备注"))),
    "columns-in-any-order": xlsx(book(*map(moved, ROWS), head=moved(HEAD))),
    "header-with-breaks-and-brackets": xlsx(
        book(*ROWS, head=(*HEAD[:4], "支 部\n编 码", "支部名称", "党员人数（人）", "＊职工人数(人)"))
    ),
    "header-of-two-rows-merged": xlsx(Book({"名册": (*TWO_ROWS, *ROWS)}, merges=TWO_ROWS_MERGED)),
    "header-of-two-rows-merged-in-xls": xls(Book({"名册": (*TWO_ROWS, *ROWS)}, merges=TWO_ROWS_MERGED)),
    "members-with-their-parts-beside": xlsx(
        Book(
            {"名册": (PARTS_HEAD, PARTS_BELOW, *((*row[:7], row[6], 0, row[7]) for row in ROWS))},
            merges=[*((1, column, 2, column) for column in (1, 2, 3, 4, 5, 6, 10)), (1, 7, 1, 9)],
        )
    ),
    "members-with-their-parts-below-in-xls": xls(
        Book(
            {"名册": (PARTS_HEAD, PARTS_BELOW, *((*row[:7], row[6], 0, row[7]) for row in ROWS))},
            merges=[(1, 7, 1, 9)],
        )
    ),
    "names-on-several-lines": xlsx(
        book(CITY, (*LANHE[:5], "\n".join(LANHE[5]), *LANHE[6:]), (XIUCHUAN[0], " 安国\r\n市", *XIUCHUAN[2:]), YANYU)
    ),
    "columns-numbered-below-the-header": xlsx(book((1, 2, 3, 4, 5, 6, 7, 8), *ROWS)),
    "header-once-more-on-each-page": xlsx(book(CITY, LANHE, HEAD, XIUCHUAN, YANYU)),
    "units-merged-downwards": xlsx(book(*ONE_UNIT, merges=UNITS_MERGED)),
    "units-merged-downwards-in-xls": xls(book(*ONE_UNIT, merges=UNITS_MERGED)),
    "units-merged-downwards-in-ods": ods(book(*ONE_UNIT, merges=UNITS_MERGED)),
    "units-merged-below-a-total": xlsx(
        book(*ONE_UNIT, ("合计", "", "", "", "", "", 46, 615), merges=[*UNITS_MERGED, (6, 1, 6, 5)])
    ),
    "industries-merged-downwards": xlsx(
        book(
            (*CITY, ""),
            (*LANHE, "制药"),
            (*XIUCHUAN, ""),
            (*YANYU, "电缆"),
            head=(*HEAD, "行业"),
            merges=[(3, 9, 4, 9)],
        )
    ),
    "units-as-above": xlsx(book(CITY, LANHE, ("同上", "同上", "同上", "同上", *XIUCHUAN[4:]), YANYU)),
    "units-as-above-below-a-subtotal": xlsx(
        book(
            CITY,
            LANHE,
            ("小计", "", "", "", "", "", 14, 220),
            ("〃", "〃", "〃", "〃", *XIUCHUAN[4:]),
            YANYU,
        )
    ),
    "units-as-above-in-csv": text(book(CITY, LANHE, ('""""', "″", "〃", "〃", *XIUCHUAN[4:]), YANYU), "gb18030"),
    "full-width-digits": xlsx(book(CITY, FULL_WIDTH, XIUCHUAN, YANYU)),
    "full-width-code": xlsx(
        book(CITY, (*LANHE[:4], "\uff11\uff13\uff10\uff16\uff18\uff13-\uff10\uff10\uff11", *LANHE[5:]), XIUCHUAN, YANYU)
    ),
    "counts-with-a-word-and-a-comma": xlsx(
        book(CITY, (*LANHE[:6], "14人", "２２０ 名"), (*XIUCHUAN[:6], "9.0", "000,085"), YANYU)
    ),
    "columns-nobody-knows": xlsx(
        book(*((*row, "红", "13800000000") for row in ROWS), head=(*HEAD, "颜色", "联络人手机号码"))
    ),
    "counts-as-text": xlsx(book(CITY, (*LANHE[:6], " 14 ", "220"), XIUCHUAN, YANYU)),
    "codes-of-units-as-numbers": xlsx(
        book(*((int(row[0]), row[1], int(row[2]) if row[2] else "", *row[3:]) for row in ROWS))
    ),
    "telephones-as-numbers": xlsx(
        book(
            (*CITY, "", "", ""),
            (*LANHE, 13800000000.0, "L1", "王五"),
            (*XIUCHUAN, 3125550101, "L1", "王五"),
            (*YANYU, "\uff10312-5550102", "L2", "赵六"),
            head=PHONES,
        )
    ),
    "telephones-as-numbers-in-csv": text(
        book(
            (*CITY, "", "", ""),
            (*LANHE, "13800000000.0", "L1", "王五"),
            (*XIUCHUAN, "3125550101.00", "L1", "王五"),
            (*YANYU, "\uff10312-5550102", "L2", "赵六"),
            head=PHONES,
        ),
        "gb18030",
    ),
    "totals-at-the-foot": xlsx(book(*ROWS, ("合计", "", "", "", "", "", 46, 615))),
    "totals-at-the-top": xlsx(book(("总 计", "", "", "", "", "", 46, 615), *ROWS)),
    "totals-of-each-unit-and-of-all": xlsx(
        book(
            CITY,
            LANHE,
            XIUCHUAN,
            ("小计", "", "", "", "", "", 23, 305),
            YANYU,
            ("小计", "", "", "", "", "", 23, 310),
            ("总计", "", "", "", "", "", 46, 615),
        )
    ),
    "totals-with-words-beside": xlsx(
        book(
            CITY,
            LANHE,
            XIUCHUAN,
            ("小计", "", "", "", "2", "2个支部", 23, 305),
            YANYU,
            ("130622", "清苑县小计", "", "", "1个支部", "", 23, 310),
            ("累计", "3个支部", "", "", "", "", 46, 615),
            ("合计：46人", "", "", "", "", "", "", ""),
        )
    ),
    "a-total-below-the-numbers": xlsx(
        book(*counted(*ROWS), ("合计", *[""] * 6, 46, 615, "含预备党员"), head=("序号", *HEAD, "备注"))
    ),
    "a-unit-merged-over-its-subtotal": xlsx(
        book(
            CITY,
            LANHE,
            without(XIUCHUAN, *HEAD[:4]),
            ("", "", "", "", "", "小计", 23, 305),
            YANYU,
            merges=[(3, column, 5, column) for column in (1, 2, 3, 4)],
        )
    ),
    "totals-in-english-as-text": ods(book(*ROWS, ("Total:", "", "", "", "", "", "46", "615"), head=ENGLISH)),
    "notes-and-signatures-at-the-foot": xlsx(book(*ROWS, ("合计", "", "", "", "", "", 46, 615), (), *NOTES)),
    "notes-and-signatures-with-cells-beside": xlsx(
        book(
            *ROWS,
            ("以下空白",),
            ("备注", "数据截至九月底"),
            ("说明", "一、", "党员人数以组织关系为准"),
            ("填表人", "张三", "", "", "审核人", "李四", "", ""),
            ("填报单位（公章）：", "", "", "", "负责人：赵六", "", "", ""),
        )
    ),
    "notes-without-totals": xls(book(*ROWS, *NOTES)),
    "blank-rows-with-borders-below": xlsx(book(*ROWS, empty_rows=3000)),
    "a-million-blank-rows-with-borders": Good(million),
    "blank-rows-between": xlsx(book(CITY, (), LANHE, (" ", "\u3000"), XIUCHUAN, YANYU)),
    "a-sheet-for-each-unit": xlsx(
        Book({"总": (HEAD, CITY), "安国市": (*TITLES, HEAD, LANHE, XIUCHUAN), "清苑县": (HEAD, YANYU)})
    ),
    "instructions-on-a-sheet-of-their-own": xlsx(
        Book({"填表说明": (("一、请逐行填写。",), ("二、不要改动表头。",)), "名册": (HEAD, *ROWS), "Sheet3": ()})
    ),
    "a-hidden-copy": xlsx(Book({"名册": (HEAD, *ROWS), "旧": (HEAD, (*LANHE[:6], 1, 1))}, hidden=["旧"])),
    "numbers-and-remarks-beside": xlsx(book(*counted(*ROWS), head=("序号", *HEAD, "备注"))),
    "a-table-that-begins-at-c4": xlsx(book(*ROWS, corner=(4, 3))),
    "words-in-chinese": xlsx(
        book(
            (*CITY, "", ""),
            (*LANHE, "党支部", "正常"),
            (*XIUCHUAN, "联合支部", "活动中"),
            (*YANYU, "", ""),
            head=(*HEAD, "组织类别", "状态"),
        )
    ),
    "units-named-once": xlsx(
        book(CITY, LANHE, (QINGYUAN[0], "", "", "", *YANYU[4:]), QINGYUAN, ("130683", "", "", "", *XIUCHUAN[4:]))
    ),
}

"""The workbook beside the report: the same numbers, and where each of them is from."""

from dataclasses import replace
from io import BytesIO
from sqlite3 import connect
from typing import Any

import pytest
from openpyxl import load_workbook

from config.definition.text import Text
from config.vocabulary import Language
from reports.asked import Asked
from reports.groups import GROUPS
from reports.report import OverrideRow, UnitRow, UnitTable
from reports.workbook import write_workbook
from tests.reports.values import A_REPORT, COST, FIGURES_ASKED, WRITTEN_AT, a_report


def sheets(language: Language = Language.ZH, **more: Any) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(BytesIO(write_workbook(a_report(**more), language, written_at=WRITTEN_AT)))
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}


def test_it_has_a_page_for_each_part_of_the_report() -> None:
    assert [*sheets()] == [
        "说明",
        "主要数据",
        "支部填报数据",
        "阶段进展",
        "任务办结（按单位）",
        "问题（按单位）",
        "问题（按类别）",
        "典型",
        "1 问题与建议",
        "2 学习",
        "未解决的问题",
        "放行的关口",
        "出处",
    ]
    assert [*sheets(Language.EN)][1:4] == ["Figures", "What branches answered", "Stages"]


def test_numbers_are_numbers() -> None:
    found = sheets()
    assert found["主要数据"][1:] == [
        ("指导人次", 6327),
        ("查找问题数", 1320),
        ("解决问题数", 894),
        ("问题解决率", 894 / 1320),
    ]
    assert found["任务办结（按单位）"][1:] == [
        ("清苑县", 60, 60, 1, 0),
        ("雄县", 37, 40, 0.925, 3),
        ("合计", 97, 100, 0.97, 3),
    ]
    assert found["问题（按单位）"][1:] == [
        ("清苑县", 1000, 700, 300, 0.7),
        ("雄县", 320, 194, 126, 194 / 320),
        ("合计", 1320, 894, 426, 894 / 1320),
    ]
    assert found["支部填报数据"][1:] == [
        ("学习", "集中学习", "到会人次", 9100, 700),
        ("学习", "集中学习", "经费（元）", 12345.5, 690),
    ]
    assert found["2 学习"] == [
        ("单位", "到会人次", "经费（元）"),
        ("清苑县", 9000, 12345.5),
        ("雄县", 100, 0),
        ("合计", 9100, 12345.5),
    ]
    assert found["1 问题与建议"][1:] == [("清苑县", 1000, 700), ("雄县", 320, 194), ("合计", 1320, 894)]


@pytest.mark.parametrize("language", Language)
def test_each_group_gives_its_page_a_name_that_a_spreadsheet_takes(language: Language) -> None:
    tables = tuple(
        UnitTable(
            group.measures,
            (UnitRow("清苑县", tuple(1 for _ in group.measures), tuple("SELECT 1" for _ in group.measures)),),
            tuple(1 for _ in group.measures),
            tuple("SELECT 1" for _ in group.measures),
        )
        for group in GROUPS
    )
    often = 100 // len(GROUPS) + 1
    found = sheets(language, tables=tables * often)
    for number, group in enumerate(GROUPS * often, 1):
        assert f"{number} {group.title.of(language)}"[:31] in found


def test_a_stage_gives_its_page_a_name_that_a_spreadsheet_takes() -> None:
    stage = Text.same("[学习/调研]: 第一季度?*" + "长" * 40)
    (table,) = FIGURES_ASKED.tables
    odd = tuple(replace(row, stage=stage) for row in table.asked)
    found = sheets(asked=Asked(odd, (replace(table, asked=odd),)))
    (page,) = (name for name in found if name.startswith("2 "))
    assert page == "2  学习 调研   第一季度  " + "长" * 14
    assert (page, "雄县：到会人次", 100) in {row[:3] for row in found["出处"]}


def test_each_number_is_listed_with_the_sql_that_it_came_from() -> None:
    rows = sheets()["出处"][1:]
    behind = A_REPORT.work_by_unit.rows[1]
    stage = "SELECT 100 AS total, 97 AS done, 0 AS waived, 100 AS due, 97 AS due_done"
    assert {*rows} >= {
        ("主要数据", "指导人次", 6327, "SELECT 6327"),
        ("主要数据", "问题解决率", 894 / 1320, "SELECT 1.0 * (SELECT 894) / (SELECT 1320)"),
        ("阶段进展", "动员 全面推开：应办", 100, f"SELECT total - waived FROM ({stage}) AS counted"),
        ("任务办结（按单位）", "雄县：逾期", 3, f"SELECT due - due_done FROM ({behind.source}) AS counted"),
        ("说明", "活动结束后收到或更正的填报", 2, "SELECT 2"),
        ("说明", "活动结束后解决的问题", 5, "SELECT 5"),
        ("未解决的问题", "合计", 2, "SELECT 2"),
        (
            "支部填报数据",
            "学习 集中学习 经费（元）：合计",
            12345.5,
            f"SELECT total / 100.0 FROM ({COST.source}) AS counted",
        ),
        ("2 学习", "清苑县：到会人次", 9000, "SELECT amount FROM (SELECT 9000 AS amount) AS counted"),
        ("1 问题与建议", "清苑县：解决问题数", 700, "SELECT 700"),
        ("1 问题与建议", "合计：查找问题数", 1320, "SELECT 1320"),
    }
    asked = connect(":memory:")
    for page, number, value, sql in rows:
        assert asked.execute(sql).fetchall() == [(value if value is not None else "[]",)], (page, number)


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-1", "@SUM(A1)", "http://example.org", "00123", "{=1}"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    (first,) = A_REPORT.overrides
    content = write_workbook(
        a_report(overrides=(OverrideRow(first.stage, first.wave, first.on, text, text),)),
        Language.ZH,
        written_at=WRITTEN_AT,
    )
    sheet = load_workbook(BytesIO(content))["放行的关口"]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in sheet[2][3:5]] == [(text, "s", None)] * 2


def test_what_no_cell_can_hold_is_left_out() -> None:
    (first,) = A_REPORT.overrides
    rows = (OverrideRow(first.stage, first.wave, first.on, "a\x00b\x1f", "长" * 40_000),)
    by, reason = sheets(overrides=rows)["放行的关口"][1][3:5]
    assert (by, len(reason)) == ("ab", 32_767)


def test_the_same_report_is_the_same_file() -> None:
    first, second = (write_workbook(a_report(), Language.EN, written_at=WRITTEN_AT) for _ in range(2))
    assert first == second

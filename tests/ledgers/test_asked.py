"""What a campaign asks of its branches stands in its report: added up over the answers, and by unit."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from actions.complete import Answer, complete
from actions.house import House
from actions.reading.report.summary import read_report
from actions.reading.returns import read_return
from actions.write_summary import write_summary
from config.vocabulary import Language
from reports.asked import Asked
from reports.workbook import write_workbook
from tests.factories import at
from tests.reports.sources import check_sources
from tests.returns.houses import CODE, RETURNS, a_house_with_returns

NOW = at("2027-07-20 10:00")
FIRST, SECOND = at("2027-04-05 10:00"), at("2027-07-05 10:00")
ANSWERED = (
    ("U1-1", "q1", FIRST, 10, "12.50"),
    ("U1-2", "q1", FIRST, 5, None),
    ("U2-1", "q1", FIRST, 3, "0.05"),
    ("U1-1", "q2", SECOND, 7, "0"),
)
"""Branch, quarter, when, people trained, and dues, which need not be given."""


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """Two quarters, answered by some of four branches."""
    house = a_house_with_returns(engine, tmp_path / "home", opened=2)
    for branch, quarter, when, trained, dues in ANSWERED:
        figures = {"trained": trained} | ({"dues": Decimal(dues)} if dues is not None else {})
        complete(house, CODE, [Answer(branch, f"{quarter}/training", when, "test", figures)])
    return house


def asked(house: House, **more: Any) -> Asked:
    return read_report(house, CODE, now=NOW, **more).asked


def totals(found: Asked) -> list[tuple[str, str, int | Decimal, int]]:
    return [(row.stage.en, row.title.en, row.total, row.branches) for row in found.rows]


def test_figures_are_added_up_by_stage_and_task_with_how_many_branches_gave_them(house: House) -> None:
    assert totals(asked(house)) == [
        ("Quarter 1", "People trained", 18, 3),
        ("Quarter 1", "Dues", Decimal("12.55"), 2),
        ("Quarter 2", "People trained", 7, 1),
        ("Quarter 2", "Dues", 0, 1),
    ]


def test_they_are_laid_out_by_unit_stage_by_stage(house: House) -> None:
    first, second = asked(house).tables
    assert (first.stage.en, first.columns(Language.EN)) == (
        "Quarter 1",
        ["People trained (person-times)", "Dues (yuan)"],
    )
    assert [(row.name, row.values) for row in first.rows] == [
        ("第1区", (15, Decimal("12.5"))),
        ("第2区", (3, Decimal("0.05"))),
    ]
    assert [row.name for row in second.rows] == ["第1区"], "nobody in the other unit has answered yet"


EXTENTS = {
    "a unit": ({"unit": "U2"}, [("Quarter 1", "People trained", 3, 1), ("Quarter 1", "Dues", Decimal("0.05"), 1)]),
    "some days": (
        {"since": date(2027, 5, 1), "until": date(2027, 7, 5)},
        [("Quarter 2", "People trained", 7, 1), ("Quarter 2", "Dues", 0, 1)],
    ),
    "days on which nobody answered": ({"until": date(2027, 4, 4)}, []),
}


@pytest.mark.parametrize(("extent", "expected"), EXTENTS.values(), ids=EXTENTS.keys())
def test_they_are_of_a_unit_and_of_some_days(house: House, extent: dict[str, Any], expected: list[Any]) -> None:
    assert totals(asked(house, **extent)) == expected


@pytest.mark.parametrize("extent", [{}, {"unit": "U1"}, {"since": date(2027, 5, 1)}])
def test_each_has_an_sql_that_gives_it(house: House, extent: dict[str, Any]) -> None:
    content = write_workbook(read_report(house, CODE, now=NOW, **extent), Language.EN, written_at=NOW)
    named = {*check_sources(house.engine, content)}
    assert {"Quarter 2 Training Dues (yuan): Total", "Quarter 2 Training Dues (yuan): Branches"} <= named
    assert "第1区: Dues (yuan)" in named


def test_the_report_and_the_return_add_up_alike(house: House) -> None:
    returned = {unit: read_return(house, CODE, "q1", unit).figures for unit in ("U1", "U2")}
    first, _ = asked(house).tables
    assert [row.values for row in first.rows] == [
        (returned[unit]["trained"], returned[unit]["dues"]) for unit in ("U1", "U2")
    ]


def test_the_summary_says_what_the_report_says(house: House) -> None:
    lines = write_summary(house, CODE, now=NOW).read_text().splitlines()
    assert [line for line in lines if line.startswith("| 第一季度 | 培训 |")] == [
        "| 第一季度 | 培训 | 培训人次（人次） | 18 |",
        "| 第一季度 | 培训 | 党费（元） | 12.55 |",
    ]


TWICE = RETURNS.replace(
    "      - {code: training,",
    "      - {code: course, title: {zh: 办班, en: Course}, due: close, figures: [trained]}\n      - {code: training,",
)


def test_a_figure_that_two_tasks_ask_for_is_told_with_its_task(engine: Engine, tmp_path: Path) -> None:
    house = a_house_with_returns(engine, tmp_path / "home", text=TWICE)
    for task, number in (("course", 4), ("training", 6)):
        complete(house, CODE, [Answer("U1-1", f"q1/{task}", FIRST, "test", {"trained": number})])
    found = asked(house)
    assert [(row.task.en, row.total) for row in found.rows] == [("Course", 4), ("Training", 6)]
    assert found.tables[0].columns(Language.ZH) == ["办班 培训人次（人次）", "培训 培训人次（人次）"]

"""The report of a campaign, read from what was recorded: each number is a query, and as far as a scope reaches."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.table import Table
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.assign_problem import assign_problem
from actions.complete import complete
from actions.enter import enter
from actions.house import House
from actions.override_gate import override_gate
from actions.reading.report.summary import read_report
from actions.solve_problem import Solution, solve_problems
from actions.strike import strike
from config.errors import Forbidden, Refusal, Unknown
from config.vocabulary import Language, LedgerCode, Measure
from models.database import snapshot
from models.queries import find_unit
from models.scope import Scope
from notifications.writing.wording import say_share
from reports.report import ProblemRow, Report
from reports.report_sources import sources_of
from reports.summary import write_summary_document
from reports.workbook import write_workbook
from tests.factories import a_house_at_work, answer, at
from tests.ledgers.entries import an_entry
from tests.records import CAMPAIGN
from tests.reports.sources import check_sources
from tests.reports.words import words_of

NOW = at("2009-09-20 10:00")
NUMBER = re.compile(r"[\d,]+(\.\d+ ?%)?")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The trial at work, with a visit and an exemplar in U1, two visits in U2, and three problems, one solved."""
    house = a_house_at_work(engine, tmp_path / "home")
    visits = [("U1-1", "2009-09-10", 3), ("U2-1", "2009-09-11", 4), ("U2-2", "2009-09-18", 5)]
    entries = [an_entry(LedgerCode.VISITS, day, place, persons=persons) for place, day, persons in visits]
    enter(house, CAMPAIGN, entries, actor="test", now=NOW)
    enter(house, CAMPAIGN, [an_entry(LedgerCode.EXEMPLARS)], actor="test", now=NOW)
    found = at("2009-09-15 10:00")
    problems = [("U1-1", "食堂"), ("U1-2", None), ("U2-1", "食堂")]
    add_problems(
        house,
        CAMPAIGN,
        [Finding(branch, "no library", found, "test", category=category) for branch, category in problems],
    )
    solve_problems(house, CAMPAIGN, [Solution(1, at("2009-09-18 10:00"), "test")])
    complete(house, CAMPAIGN, [answer("U1-1", "survey")])
    return house


def report(house: House, **more: Any) -> Report:
    return read_report(house, CAMPAIGN, now=NOW, **more)


def value(read: Report, measure: Measure) -> int | None:
    return {row.measure: row.value for row in read.figures}.get(measure)


def test_figures_that_came_to_nothing_are_left_out(house: House) -> None:
    read = report(house)
    assert (value(read, Measure.VISITS), value(read, Measure.VISITS_FILES)) == (12, None)


EXTENTS = {
    "all of it": {},
    "a unit": {"unit": "U1"},
    "some days": {"since": date(2009, 9, 11), "until": date(2009, 9, 18)},
}


@pytest.mark.parametrize("extent", EXTENTS.values(), ids=EXTENTS.keys())
def test_every_number_is_what_its_sql_gives(house: House, extent: dict[str, Any]) -> None:
    content = write_workbook(report(house, **extent), Language.EN, written_at=NOW)
    assert len(check_sources(house.engine, content)) > 30


@pytest.mark.parametrize("language", Language)
def test_every_number_in_the_tables_of_the_document_has_its_source(house: House, language: Language) -> None:
    read = report(house)
    said = {(line.number, said_as(line.value, language)) for line in sources_of(read, language)}
    document = docx.Document(BytesIO(write_summary_document(read, language, written_at=NOW)))
    numbers = [number for table in document.tables for number in numbers_of(table, language)]
    assert not [(names, number) for names, number in numbers if not said & {(name, number) for name in names}]
    assert len(numbers) > 30


def said_as(value: Any, language: Language) -> str:
    """A number as a document says it."""
    return say_share(value, language) if isinstance(value, float) else f"{value:,}" if value is not None else ""


def numbers_of(table: Table, language: Language) -> Iterator[tuple[set[str], str]]:
    """Each number of a table, with the names that its source may have: its row, and its row and column.

    A row is called by as many of its first cells as it takes to tell it apart.
    """
    mark = "：" if language is Language.ZH else ": "
    head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    for row in rows:
        for column, cell in zip(head[1:], row[1:], strict=True):
            if NUMBER.fullmatch(cell):
                yield {row[0], *(f"{' '.join(row[:first])}{mark}{column}" for first in (1, 2, 3))}, cell


def test_changing_one_visit_changes_the_report(house: House) -> None:
    def words() -> set[str]:
        return {*words_of(write_summary_document(report(house), Language.ZH, written_at=NOW))}

    before = words()
    assert "指导人次|12" in before
    enter(house, CAMPAIGN, [an_entry(LedgerCode.VISITS, persons=7, way="files")], actor="test", now=NOW)
    assert words() - before >= {"指导人次|19", "其中：查阅资料人次|7"}
    strike(house, CAMPAIGN, LedgerCode.VISITS, 4, reason="twice", actor="test", now=NOW)
    assert words() == before


def test_tables_hold_a_row_for_each_part_that_has_something(house: House) -> None:
    (table,) = (table for table in report(house).tables if Measure.VISITS in table.measures)
    assert table.measures == (Measure.VISITS, Measure.VISITS_LECTURE)
    assert {row.name: row.values for row in table.rows} == {"第1区": (3, 3), "第2区": (9, 9)}
    assert table.totals == (12, 12)


def counts(*rows: ProblemRow) -> list[tuple[str | None, int, int]]:
    return [(row.name, row.found, row.solved) for row in rows]


def test_problems_are_told_by_unit_and_by_category_with_what_is_solved(house: House) -> None:
    read = report(house)
    assert counts(*read.problems_by_unit.rows) == [("第1区", 2, 1), ("第2区", 1, 0)]
    assert counts(*read.problems_by_category.rows) == [("食堂", 2, 1), (None, 1, 0)]
    assert read.problems_by_unit.total.share == pytest.approx(1 / 3)


def test_open_problems_are_listed_by_their_day_with_who_owns_them(house: House) -> None:
    assign_problem(house, CAMPAIGN, 3, owner="李主任", due=date(2009, 9, 30), actor="test", now=NOW)
    read = report(house).open_problems
    assert [(row.number, row.unit, row.branch, row.owner, row.last_day) for row in read.rows] == [
        (3, "第2区", "企业U2-1支部", "李主任", date(2009, 9, 30)),
        (2, "第1区", "企业U1-2支部", None, None),
    ]
    then = report(house, until=date(2009, 9, 17)).open_problems
    assert [row.number for row in then.rows] == [3, 1, 2], "the first was solved the day after"
    assert [row.number for row in report(house, unit="U1").open_problems.rows] == [2]


def test_a_period_has_its_own_figures_and_problems_as_they_stood_at_its_end(house: House) -> None:
    early = report(house, since=date(2009, 9, 11), until=date(2009, 9, 17))
    assert (value(early, Measure.VISITS), value(early, Measure.PROBLEMS_SOLVED)) == (4, None)
    assert counts(early.problems_by_unit.total) == [(None, 3, 0)]
    assert early.exemplars.rows == ()
    late = report(house, since=date(2009, 9, 18))
    assert (value(late, Measure.VISITS), value(late, Measure.PROBLEMS_FOUND)) == (5, None)
    assert counts(late.problems_by_unit.total) == [(None, 3, 1)], "found before, and still to be told"


def test_a_unit_has_a_report_of_its_own(house: House) -> None:
    read = report(house, unit="U1")
    assert (read.unit, value(read, Measure.VISITS), value(read, Measure.BRANCHES)) == ("第1区", 3, 3)
    assert [row.name for row in read.problems_by_unit.rows] == ["第1区"]
    assert [row.branch for row in read.exemplars.rows] == ["企业U1-1支部"]
    assert {row.wave.zh for row in read.stages} == {"pilot"}


def test_whoever_sees_a_unit_has_the_report_of_that_unit(house: House) -> None:
    with snapshot(house.engine) as session:
        scope = Scope(path=find_unit(session, "U2").path)
    read = report(house, scope=scope)
    assert (read.unit, value(read, Measure.VISITS), read.exemplars.rows) == ("第2区", 9, ())
    assert counts(read.problems_by_category.total) == [(None, 1, 0)]
    with pytest.raises(Unknown):
        report(house, unit="U1", scope=scope)


def test_stages_and_gates_that_were_let_go_are_told(house: House) -> None:
    override_gate(house, CAMPAIGN, "mobilization/pilot", reason="flood", actor="王", now=NOW)
    read = report(house)
    first = read.stages[0]
    assert (first.stage.zh, first.wave.zh, first.tally.done, first.tally.total) == ("动员部署", "pilot", 1, 6)
    assert [(row.wave.zh, row.by, row.reason, row.on) for row in read.overrides] == [
        ("pilot", "王", "flood", date(2009, 9, 20))
    ]


REFUSED = {
    "a unit that is not there": ({"unit": "U9"}, Unknown),
    "a period that ends first": ({"since": date(2009, 9, 2), "until": date(2009, 9, 1)}, Refusal),
    "whoever sees branches alone": ({"scope": Scope(branch=1)}, Forbidden),
}


@pytest.mark.parametrize(("more", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_reported_is_refused(house: House, more: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        report(house, **more)

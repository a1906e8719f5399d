"""Where the numbers of a report came from: a source for each that stands in its tables, and in its sentences."""

from collections.abc import Iterator

from config.definition.text import Text
from config.vocabulary import Language
from reports.asked_pages import asked_sources, asked_table_sources
from reports.columns import (
    ABOUT,
    BY_CATEGORY,
    BY_UNIT,
    EVERYTHING,
    EXEMPLARS,
    FIGURES,
    FOUND,
    GATE,
    HOW_MANY,
    LATE_ANSWERS,
    OPEN,
    OPEN_PROBLEMS,
    SHARE_SOLVED,
    SOLVED,
    SOLVED_LATE,
    STAGES,
    WORK_BY_UNIT,
)
from reports.facts import UNCATEGORISED, ratios_of, title_of
from reports.groups import name_of
from reports.report import ProblemRow, ProblemTable, Report, StageRow, UnitRow, UnitTable
from reports.sources import Source, divided, named, picked
from reports.work import Afterwards, WorkTable, work_sources
from sheets.names import Names


def sources_of(report: Report, language: Language) -> Iterator[Source]:
    """List the source of each number, page by page."""
    if report.afterwards is not None:
        yield from _afterwards(report.afterwards, language)
    yield from _figures(report, language)
    yield from asked_sources(report, language)
    for row in report.stages:
        yield from _stage(row, language)
    yield from _work(report.work_by_unit, language)
    yield from _problems(BY_UNIT, report.problems_by_unit, language)
    yield from _problems(BY_CATEGORY, report.problems_by_category, language)
    counts = ((OPEN_PROBLEMS, report.open_problems), (EXEMPLARS, report.exemplars))
    for page, listed in counts:
        if listed.rows:
            yield Source(page.of(language), HOW_MANY.of(language), len(listed.rows), listed.source)
    for number, table in enumerate(report.tables, 1):
        yield from _table(page_of_table(number, table, language), table, language)
    yield from asked_table_sources(report, language)


def _afterwards(later: Afterwards, language: Language) -> Iterator[Source]:
    numbers = ((LATE_ANSWERS, later.answers, later.source), (SOLVED_LATE, later.solved, later.source_solved))
    for name, value, sql in numbers:
        yield Source(ABOUT.of(language), name.of(language), value, sql)


def page_of_table(number: int, table: UnitTable, language: Language) -> str:
    """Name the page on which a table by unit stands, as a spreadsheet takes it."""
    return Names().take(f"{number} {title_of(table, language)}")


def _figures(report: Report, language: Language) -> Iterator[Source]:
    page = FIGURES.of(language)
    sources = {row.measure: row.source for row in report.figures}
    for row in report.figures:
        yield Source(page, name_of(row.measure, language), row.value, row.source)
    for ratio, share in ratios_of({row.measure: row.value for row in report.figures}):
        sql = divided(sources[ratio.part], sources[ratio.whole])
        yield Source(page, ratio.title.of(language), share, sql)


def _stage(row: StageRow, language: Language) -> Iterator[Source]:
    name = f"{row.stage.of(language)} {row.wave.of(language)}"
    yield from work_sources(STAGES, name, row.tally, row.source, language)
    if row.blockers:
        yield Source(STAGES.of(language), named(name, GATE, language), None, row.gate_source)


def _work(table: WorkTable, language: Language) -> Iterator[Source]:
    for row in table.rows:
        yield from work_sources(WORK_BY_UNIT, row.name, row.tally, row.source, language)
    if len(table.rows) > 1:
        yield from work_sources(WORK_BY_UNIT, EVERYTHING[language], table.total.tally, table.total.source, language)


def _problems(page: Text, table: ProblemTable, language: Language) -> Iterator[Source]:
    for row in table.rows:
        yield from _problem_row(page, row.name or UNCATEGORISED[language], row, language)
    if len(table.rows) > 1:
        yield from _problem_row(page, EVERYTHING[language], table.total, language)


def _problem_row(page: Text, name: str, row: ProblemRow, language: Language) -> Iterator[Source]:
    numbers = [
        (FOUND, row.found, "found"),
        (SOLVED, row.solved, "solved"),
        (OPEN, row.still_open, "found - solved"),
        (SHARE_SOLVED, row.share, "1.0 * solved / found"),
    ]
    for column, value, expression in numbers:
        yield Source(page.of(language), named(name, column, language), value, picked(expression, row.source))


def _table(page: str, table: UnitTable, language: Language) -> Iterator[Source]:
    rows = list(table.rows)
    if len(rows) > 1:
        rows.append(UnitRow(EVERYTHING[language], table.totals, table.sources))
    for row in rows:
        for measure, value, sql in zip(table.measures, row.values, row.sources, strict=True):
            yield Source(page, named(row.name, Text.same(name_of(measure, language)), language), value, sql)

"""How a report shows what branches answered: in the words of a document, on pages of the workbook, with the sources."""

from collections.abc import Iterator
from typing import Any

from config.definition.text import Text
from config.vocabulary import Language
from notifications.writing.wording import say_figure, say_number
from reports.asked import AskedTable, written
from reports.book import Sheet, Value
from reports.columns import ASKED, BRANCHES, EVERYTHING, STAGE, TOTAL, UNIT
from reports.report import Report
from reports.sources import Source, named, picked
from sheets.names import Names

TASK, FIGURE = Text(zh="任务", en="Task"), Text(zh="项目", en="Figure")


def asked_facts(report: Report, language: Language) -> list[dict[str, Any]]:
    """Say the figures, a row for each."""
    return [
        {
            "stage": row.stage.of(language),
            "task": row.task.of(language),
            "name": row.name.of(language),
            "total": say_figure(row.total, row.kind),
            "branches": say_number(row.branches),
        }
        for row in report.asked.rows
    ]


def table_facts(table: AskedTable, language: Language) -> dict[str, Any]:
    """Say a table by unit as those of measures are said."""
    kinds = [row.kind for row in table.asked]
    rows = [*((row.name, row.values) for row in table.rows), (EVERYTHING[language], _totals(table))]
    return {
        "title": f"{ASKED.of(language)}{'：' if language is Language.ZH else ': '}{table.stage.of(language)}",
        "columns": table.columns(language),
        "rows": [
            {"name": name, "figures": [say_figure(value, kind) for value, kind in zip(values, kinds, strict=True)]}
            for name, values in rows
        ],
    }


def asked_page(report: Report, language: Language) -> Sheet:
    """Lay the figures out as a page."""
    rows = tuple(
        (
            row.stage.of(language),
            row.task.of(language),
            row.name.of(language),
            row.total,
            row.branches,
        )
        for row in report.asked.rows
    )
    return Sheet(ASKED, (STAGE, TASK, FIGURE, TOTAL, BRANCHES), (18, 28, 44, 14, 14), rows)


def asked_tables(report: Report, language: Language) -> Iterator[Sheet]:
    """Lay the figures out by unit, a page for each table."""
    for page, table in _named(report, language):
        columns = [Text.same(column) for column in table.columns(language)]
        rows: list[tuple[Value, ...]] = [(row.name, *row.values) for row in table.rows]
        if len(rows) > 1:
            rows.append((EVERYTHING[language], *_totals(table)))
        yield Sheet(Text.same(page), (UNIT, *columns), (22, *(16 for _ in columns)), tuple(rows))


def asked_sources(report: Report, language: Language) -> Iterator[Source]:
    """List the source of each number of the figures."""
    for row in report.asked.rows:
        name = " ".join(part.of(language) for part in (row.stage, row.task, row.name))
        numbers = ((TOTAL, row.total, written("total", row.kind)), (BRANCHES, row.branches, "branches"))
        for column, value, expression in numbers:
            yield Source(ASKED.of(language), named(name, column, language), value, picked(expression, row.source))


def asked_table_sources(report: Report, language: Language) -> Iterator[Source]:
    """List the source of each number of the tables by unit."""
    for page, table in _named(report, language):
        columns = [Text.same(column) for column in table.columns(language)]
        for row in table.rows:
            for column, asked, value, sql in zip(columns, table.asked, row.values, row.sources, strict=True):
                yield Source(page, named(row.name, column, language), value, picked(written("amount", asked.kind), sql))
        if len(table.rows) > 1:
            for column, asked in zip(columns, table.asked, strict=True):
                name = named(EVERYTHING[language], column, language)
                yield Source(page, name, asked.total, picked(written("total", asked.kind), asked.source))


def _named(report: Report, language: Language) -> Iterator[tuple[str, AskedTable]]:
    """Give each table the name of its page, numbered after those of measures."""
    for number, table in enumerate(report.asked.tables, len(report.tables) + 1):
        yield Names().take(f"{number} {table.stage.of(language)}"), table


def _totals(table: AskedTable) -> tuple[Any, ...]:
    return tuple(row.total for row in table.asked)

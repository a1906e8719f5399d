"""Write the report as a workbook: the same figures and tables, and a page of sources, number by number."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from config.definition.text import Text
from config.spoken import spell_out
from config.vocabulary import Language
from notifications.writing.wording import blocker_text, say_number, window_status_text
from reports.asked_pages import asked_page, asked_tables
from reports.book import About, Sheet, Value, write_book
from reports.columns import (
    AS_OF,
    BRANCH,
    BY_CATEGORY,
    BY_UNIT,
    CATEGORY,
    EVERYTHING,
    EXEMPLARS,
    FIGURES,
    FOUND,
    GATE,
    LATE_ANSWERS,
    OPEN,
    OPEN_PROBLEMS,
    SHARE_SOLVED,
    SOLVED,
    SOLVED_LATE,
    STAGE,
    STAGES,
    UNIT,
    WAVE,
    WORK_BY_UNIT,
)
from reports.facts import UNCATEGORISED, ratios_of, say_period, ways_of
from reports.groups import name_of
from reports.report import ProblemTable, Report, UnitTable
from reports.report_sources import page_of_table, sources_of
from reports.sources import page_of_sources
from reports.work import WORK, Afterwards, WorkTable, work_cells


def write_workbook(report: Report, language: Language, *, written_at: datetime) -> bytes:
    """Write all pages of a report."""
    about = About(
        report.title,
        (
            (Text(zh="说明", en="Note"), report.note.of(language) if report.note else ""),
            (UNIT, report.unit or ""),
            (Text(zh="统计期间", en="Days"), say_period(report.since, report.until, language)),
            (Text(zh="生成日期", en="Written on"), report.written_on.isoformat()),
            (AS_OF, report.as_of.isoformat()),
            *_afterwards(report.afterwards),
        ),
    )
    return write_book(about, _sheets(report, language), language, written_at=written_at)


def _afterwards(later: Afterwards | None) -> Iterator[tuple[Text, str]]:
    if later is not None:
        yield LATE_ANSWERS, say_number(later.answers)
        yield SOLVED_LATE, say_number(later.solved)


def _sheets(report: Report, language: Language) -> Iterable[Sheet]:
    """Lay the report out as pages, in the order of the Word document; the sources come last."""
    yield _figures(report, language)
    if report.asked.rows:
        yield asked_page(report, language)
    yield _stages(report, language)
    yield _work(report.work_by_unit, language)
    yield _problems(BY_UNIT, UNIT, report.problems_by_unit, language)
    yield _problems(BY_CATEGORY, CATEGORY, report.problems_by_category, language)
    yield _exemplars(report, language)
    for number, table in enumerate(report.tables, 1):
        yield _table(number, table, language)
    yield from asked_tables(report, language)
    yield _open_problems(report)
    if report.overrides:
        yield _overrides(report, language)
    yield page_of_sources(sources_of(report, language))


def _figures(report: Report, language: Language) -> Sheet:
    values = {row.measure: row.value for row in report.figures}
    rows: list[tuple[Value, ...]] = [(name_of(measure, language), value) for measure, value in values.items()]
    rows += [(ratio.title.of(language), share) for ratio, share in ratios_of(values)]
    return Sheet(FIGURES, (Text(zh="项目", en="Figure"), Text(zh="数量", en="Number")), (36, 14), tuple(rows))


def _stages(report: Report, language: Language) -> Sheet:
    head = (
        STAGE,
        WAVE,
        Text(zh="开始", en="First day"),
        Text(zh="截止", en="Last day"),
        Text(zh="实际结束", en="Closed on"),
        Text(zh="状态", en="Status"),
        *WORK,
        GATE,
    )
    rows = tuple(
        (
            row.stage.of(language),
            row.wave.of(language),
            row.first_day,
            row.last_day,
            row.closed_on,
            window_status_text(row.status, language),
            *work_cells(row.tally),
            "; ".join(blocker_text(blocker, language) for blocker in row.blockers),
        )
        for row in report.stages
    )
    return Sheet(STAGES, head, (18, 10, 12, 12, 12, 12, 10, 10, 10, 10, 40), rows)


def _work(table: WorkTable, language: Language) -> Sheet:
    rows = [(row.name, *work_cells(row.tally)) for row in table.rows]
    if len(rows) > 1:
        rows.append((EVERYTHING[language], *work_cells(table.total.tally)))
    return Sheet(WORK_BY_UNIT, (UNIT, *WORK), (30, *(10 for _ in WORK)), tuple(rows))


def _problems(name: Text, first: Text, table: ProblemTable, language: Language) -> Sheet:
    head = (
        first,
        FOUND,
        SOLVED,
        OPEN,
        SHARE_SOLVED,
    )
    named = [(row.name or UNCATEGORISED[language], row) for row in table.rows]
    if len(named) > 1:
        named.append((EVERYTHING[language], table.total))
    rows = tuple((name, row.found, row.solved, row.still_open, row.share) for name, row in named)
    return Sheet(name, head, (30, 10, 10, 10, 12), rows)


def _open_problems(report: Report) -> Sheet:
    head = (
        Text(zh="编号", en="Number"),
        UNIT,
        BRANCH,
        Text(zh="问题", en="Problem"),
        CATEGORY,
        Text(zh="责任人", en="Owner"),
        Text(zh="整改期限", en="Due"),
    )
    rows = tuple(
        (row.number, row.unit, row.branch, row.title, row.category, row.owner, row.last_day)
        for row in report.open_problems.rows
    )
    return Sheet(OPEN_PROBLEMS, head, (8, 16, 36, 50, 14, 14, 12), rows)


def _exemplars(report: Report, language: Language) -> Sheet:
    head = (
        UNIT,
        BRANCH,
        Text(zh="名称", en="Name"),
        Text(zh="级别", en="Level"),
        CATEGORY,
        Text(zh="宣传方式", en="Made known by"),
    )
    rows = tuple(
        (
            row.unit,
            row.branch,
            row.name,
            spell_out(row.level, language),
            spell_out(row.category, language),
            ways_of(row, language),
        )
        for row in report.exemplars.rows
    )
    return Sheet(EXEMPLARS, head, (16, 36, 36, 10, 12, 30), rows)


def _table(number: int, table: UnitTable, language: Language) -> Sheet:
    head = (UNIT, *(Text.same(name_of(measure, language)) for measure in table.measures))
    rows: list[tuple[Value, ...]] = [(row.name, *row.values) for row in table.rows]
    if len(rows) > 1:
        rows.append((EVERYTHING[language], *table.totals))
    return Sheet(
        Text.same(page_of_table(number, table, language)), head, (22, *(16 for _ in table.measures)), tuple(rows)
    )


def _overrides(report: Report, language: Language) -> Sheet:
    head = (
        STAGE,
        WAVE,
        Text(zh="日期", en="Day"),
        Text(zh="批准人", en="By"),
        Text(zh="理由", en="Reason"),
    )
    rows = tuple(
        (row.stage.of(language), row.wave.of(language), row.on, row.by, row.reason) for row in report.overrides
    )
    return Sheet(Text(zh="放行的关口", en="Gates let go"), head, (18, 12, 12, 20, 60), rows)

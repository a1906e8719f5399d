"""Write the report as a workbook: the same figures and tables, and a page of sources, number by number."""

from collections.abc import Iterable
from datetime import datetime

from config.definition.text import Text
from config.spoken import spell_out
from config.vocabulary import Language
from notifications.writing.wording import blocker_text, window_status_text
from reports.book import About, Sheet, Value, write_book
from reports.facts import EVERYTHING, UNCATEGORISED, say_period, title_of, ways_of
from reports.groups import name_of
from reports.report import ProblemTable, Report, UnitTable
from rules.progress import completeness, overdue


def write_workbook(report: Report, language: Language, *, written_at: datetime) -> bytes:
    """Write all pages of a report."""
    about = About(
        report.title,
        (
            (Text(zh="说明", en="Note"), report.note.of(language) if report.note else ""),
            (Text(zh="单位", en="Unit"), report.unit or ""),
            (Text(zh="统计期间", en="Days"), say_period(report.since, report.until, language)),
            (Text(zh="生成日期", en="Written on"), report.written_on.isoformat()),
        ),
    )
    return write_book(about, _sheets(report, language), language, written_at=written_at)


def _sheets(report: Report, language: Language) -> Iterable[Sheet]:
    """Lay the report out as pages, in the order of the Word document; the sources come last."""
    yield Sheet(
        Text(zh="主要数据", en="Figures"),
        (Text(zh="项目", en="Figure"), Text(zh="数量", en="Number")),
        (36, 14),
        tuple((name_of(row.measure, language), row.value) for row in report.figures),
    )
    yield _stages(report, language)
    unit = Text(zh="单位", en="Unit")
    yield _problems(Text(zh="问题（按单位）", en="Problems by unit"), unit, report.problems_by_unit, language)
    category = Text(zh="类别", en="Category")
    yield _problems(
        Text(zh="问题（按类别）", en="Problems by category"), category, report.problems_by_category, language
    )
    yield _exemplars(report, language)
    for number, table in enumerate(report.tables, 1):
        yield _table(number, table, language)
    if report.overrides:
        yield _overrides(report, language)
    yield _sources(report, language)


def _stages(report: Report, language: Language) -> Sheet:
    head = (
        Text(zh="阶段", en="Stage"),
        Text(zh="批次", en="Wave"),
        Text(zh="开始", en="First day"),
        Text(zh="截止", en="Last day"),
        Text(zh="实际结束", en="Closed on"),
        Text(zh="状态", en="Status"),
        Text(zh="已办结", en="Done"),
        Text(zh="应办", en="Wanted"),
        Text(zh="办结率", en="Share"),
        Text(zh="逾期", en="Overdue"),
        Text(zh="关口情况", en="Gate"),
    )
    rows = tuple(
        (
            row.stage.of(language),
            row.wave,
            row.first_day,
            row.last_day,
            row.closed_on,
            window_status_text(row.status, language),
            row.tally.done,
            row.tally.total - row.tally.waived,
            completeness(row.tally),
            overdue(row.tally),
            "; ".join(blocker_text(blocker, language) for blocker in row.blockers),
        )
        for row in report.stages
    )
    return Sheet(
        Text(zh="阶段进展", en="Stages"), head, (18, 10, 12, 12, 12, 12, 10, 10, 10, 10, 40), rows, frozenset({8})
    )


def _problems(name: Text, first: Text, table: ProblemTable, language: Language) -> Sheet:
    head = (
        first,
        Text(zh="查找", en="Found"),
        Text(zh="已解决", en="Solved"),
        Text(zh="未解决", en="Open"),
        Text(zh="解决率", en="Share solved"),
    )
    named = [(row.name or UNCATEGORISED[language], row) for row in table.rows]
    if len(named) > 1:
        named.append((EVERYTHING[language], table.total))
    rows = tuple((name, row.found, row.solved, row.still_open, row.share) for name, row in named)
    return Sheet(name, head, (30, 10, 10, 10, 12), rows, frozenset({4}))


def _exemplars(report: Report, language: Language) -> Sheet:
    head = (
        Text(zh="单位", en="Unit"),
        Text(zh="支部", en="Branch"),
        Text(zh="名称", en="Name"),
        Text(zh="级别", en="Level"),
        Text(zh="类别", en="Category"),
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
        for row in report.exemplars
    )
    return Sheet(Text(zh="典型", en="Exemplars"), head, (16, 36, 36, 10, 12, 30), rows)


def _table(number: int, table: UnitTable, language: Language) -> Sheet:
    title = title_of(table, language)
    head = (Text(zh="单位", en="Unit"), *(Text.same(name_of(measure, language)) for measure in table.measures))
    rows: list[tuple[Value, ...]] = [(row.name, *row.values) for row in table.rows]
    if len(rows) > 1:
        rows.append((EVERYTHING[language], *table.totals))
    return Sheet(Text.same(f"{number} {title}"), head, (22, *(16 for _ in table.measures)), tuple(rows))


def _overrides(report: Report, language: Language) -> Sheet:
    head = (
        Text(zh="阶段", en="Stage"),
        Text(zh="批次", en="Wave"),
        Text(zh="日期", en="Day"),
        Text(zh="批准人", en="By"),
        Text(zh="理由", en="Reason"),
    )
    rows = tuple((row.stage.of(language), row.wave, row.on, row.by, row.reason) for row in report.overrides)
    return Sheet(Text(zh="放行的关口", en="Gates let go"), head, (18, 12, 12, 20, 60), rows)


def _sources(report: Report, language: Language) -> Sheet:
    """List each number with the SQL that it came from."""
    head = (
        Text(zh="页", en="Page"),
        Text(zh="数字", en="Number"),
        Text(zh="数值", en="Value"),
        Text(zh="SQL", en="SQL"),
    )
    by_unit = Text(zh="按单位", en="by unit").of(language)
    page = Text(zh="主要数据", en="Figures").of(language)
    rows: list[tuple[Value, ...]] = [
        (page, name_of(row.measure, language), row.value, row.source) for row in report.figures
    ]
    problems = (
        (Text(zh="问题（按单位）", en="Problems by unit"), report.problems_by_unit),
        (Text(zh="问题（按类别）", en="Problems by category"), report.problems_by_category),
    )
    found = Text(zh="查找、已解决", en="Found, solved").of(language)
    rows += [(name.of(language), found, table.total.found, table.source) for name, table in problems]
    rows += [
        (f"{number} {title_of(table, language)}", f"{name_of(measure, language)} ({by_unit})", None, source)
        for number, table in enumerate(report.tables, 1)
        for measure, source in zip(table.measures, table.sources, strict=True)
    ]
    return Sheet(Text(zh="出处", en="Sources"), head, (24, 30, 12, 110), tuple(rows))

"""What a template of the report may name: the report in the words of one language."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from config.spoken import spell_out
from config.vocabulary import Language, Measure
from notifications.writing.wording import blocker_text, say_day, say_number, say_share, window_status_text
from reports.asked_pages import asked_facts, table_facts
from reports.columns import EVERYTHING
from reports.groups import GROUPS, RATIOS, Ratio, name_of
from reports.report import (
    ExemplarRow,
    OpenProblemRow,
    OverrideRow,
    ProblemRow,
    ProblemTable,
    Report,
    StageRow,
    UnitTable,
)
from reports.work import Afterwards, WorkTable, work_facts

GOES_ON = {Language.ZH: "（续）", Language.EN: " (continued)"}
MOST_EXEMPLARS, MOST_PROBLEMS = 500, 200
"""So many are named in a document; all of them stand in the workbook."""
UNCATEGORISED = {Language.ZH: "未分类", Language.EN: "No category"}

Facts = dict[str, Any]


def facts_of(report: Report, language: Language) -> Facts:
    """Say a report: texts, lists and mappings alone, under the names that docs/operations.md lists."""
    values = {row.measure: row.value for row in report.figures}
    return {
        "title": report.title.of(language),
        "unit": report.unit or "",
        "note": report.note.of(language) if report.note else "",
        "period": say_period(report.since, report.until, language),
        "first_day": say_day(report.first_day, language),
        "last_day": say_day(report.last_day, language),
        "written_on": say_day(report.written_on, language),
        "figures": {measure.value: say_number(values.get(measure, 0)) for measure in Measure},
        "groups": _groups(values, language),
        "asked": asked_facts(report, language),
        "tables": list(_told_apart(_all_tables(report, language), language)),
        "problems_by_unit": _problems(report.problems_by_unit, language),
        "problems_by_category": _problems(report.problems_by_category, language),
        "open_problems": [_open_problem(row, language) for row in report.open_problems.rows[:MOST_PROBLEMS]],
        "open_problems_left": _left(len(report.open_problems.rows), MOST_PROBLEMS),
        "exemplars": [_exemplar(row, language) for row in report.exemplars.rows[:MOST_EXEMPLARS]],
        "exemplars_left": _left(len(report.exemplars.rows), MOST_EXEMPLARS),
        "stages": [_stage(row, language) for row in report.stages],
        "work_by_unit": _work(report.work_by_unit, language),
        "as_of": say_day(report.as_of, language),
        **_afterwards(report.afterwards, language),
        "overrides": [_override(row, language) for row in report.overrides],
    }


def say_period(since: date | None, until: date | None, language: Language) -> str:
    """Say the days that figures are of; nothing where they are of all days."""
    first, last = (say_day(day, language) if day else "" for day in (since, until))
    if language is Language.ZH:
        words = (f"{first}至{last}", f"{first}起", f"截至{last}")
    else:
        words = (f"{first} to {last}", f"from {first}", f"to {last}")
    both, since_then, by_then = words
    if since and until:
        return both
    return since_then if since else by_then if until else ""


def _groups(values: Mapping[Measure, int], language: Language) -> list[Facts]:
    return [
        {"title": group.title.of(language), "rows": rows}
        for group in GROUPS
        if (rows := list(_rows(group.measures, values, language)))
    ]


def _rows(measures: Sequence[Measure], values: Mapping[Measure, int], language: Language) -> Iterator[Facts]:
    """Say the figures of a group that came to something, and the shares that they make."""
    for measure in measures:
        if measure in values:
            yield {"name": name_of(measure, language), "figure": say_number(values[measure])}
    for ratio, share in ratios_of({measure: values[measure] for measure in measures if measure in values}):
        yield {"name": ratio.title.of(language), "figure": say_share(share, language)}


def ratios_of(values: Mapping[Measure, int]) -> Iterator[tuple[Ratio, float]]:
    """Give the shares that figures make of which both came to something."""
    for ratio in RATIOS:
        if ratio.part in values and ratio.whole in values:
            yield ratio, values[ratio.part] / values[ratio.whole]


def title_of(table: UnitTable, language: Language) -> str:
    """Give a table by unit the title of the group that its measures stand in."""
    return next(group.title.of(language) for group in GROUPS if table.measures[0] in group.measures)


def _all_tables(report: Report, language: Language) -> Iterator[Facts]:
    yield from (_table(table, language) for table in report.tables if len(table.rows) > 1)
    yield from (table_facts(table, language) for table in report.asked.tables if len(table.rows) > 1)


def _told_apart(tables: Iterator[Facts], language: Language) -> Iterator[Facts]:
    """Mark those that go on with what was too wide for the table before them."""
    title = ""
    for table in tables:
        goes_on, title = table["title"] == title, table["title"]
        yield table | {"title": title + GOES_ON[language]} if goes_on else table


def _table(table: UnitTable, language: Language) -> Facts:
    rows = [*((row.name, row.values) for row in table.rows), (EVERYTHING[language], table.totals)]
    return {
        "title": title_of(table, language),
        "columns": [name_of(measure, language) for measure in table.measures],
        "rows": [{"name": name, "figures": [say_number(value) for value in row]} for name, row in rows],
    }


def _work(table: WorkTable, language: Language) -> list[Facts]:
    """Say the work of several units and all of it; nothing where there is one alone."""
    named = [*((row.name, row.tally) for row in table.rows), (EVERYTHING[language], table.total.tally)]
    return [{"name": name, **work_facts(tally, language)} for name, tally in named] if len(table.rows) > 1 else []


def _afterwards(later: Afterwards | None, language: Language) -> Facts:
    """Say when the campaign ended, and what came later; nothing where nothing did."""
    if later is None:
        return {"ended_on": "", "answers_late": "", "solved_late": ""}
    return {
        "ended_on": say_day(later.ended_on, language),
        "answers_late": say_number(later.answers) if later.answers else "",
        "solved_late": say_number(later.solved) if later.solved else "",
    }


def _problems(table: ProblemTable, language: Language) -> list[Facts]:
    """Say the rows, and, where there are several, all of them together."""
    rows = [_problem(row, row.name or UNCATEGORISED[language], language) for row in table.rows]
    if len(rows) > 1:
        rows.append(_problem(table.total, EVERYTHING[language], language))
    return rows


def _problem(row: ProblemRow, name: str, language: Language) -> Facts:
    return {
        "name": name,
        "found": say_number(row.found),
        "solved": say_number(row.solved),
        "open": say_number(row.still_open),
        "share": say_share(row.share, language),
    }


def _open_problem(row: OpenProblemRow, language: Language) -> Facts:
    return {
        "number": str(row.number),
        "unit": row.unit,
        "branch": row.branch,
        "title": row.title,
        "category": row.category or UNCATEGORISED[language],
        "owner": row.owner or "",
        "last_day": in_cell(row.last_day),
    }


def in_cell(day: date | None) -> str:
    """Say a day in a table, where there is no room for words: `2009-10-08`."""
    return day.isoformat() if day else ""


def _left(there: int, most: int) -> str:
    """Say how many of a list are not named; nothing where all are."""
    return say_number(there - most) if there > most else ""


def _exemplar(row: ExemplarRow, language: Language) -> Facts:
    return {
        "unit": row.unit,
        "branch": row.branch,
        "name": row.name,
        "level": spell_out(row.level, language),
        "category": spell_out(row.category, language),
        "ways": ways_of(row, language),
    }


def ways_of(row: ExemplarRow, language: Language) -> str:
    """Say how an exemplar was made known."""
    ways: Sequence[tuple[bool, str, str]] = (
        (row.story_published, "刊发事迹", "story published"),
        (row.told_on_tour, "巡回宣讲", "told on tour"),
        (row.shown_on_site, "现场观摩", "shown on site"),
    )
    said = [zh if language is Language.ZH else en for is_one, zh, en in ways if is_one]
    return ("、" if language is Language.ZH else ", ").join(said)


def _stage(row: StageRow, language: Language) -> Facts:
    return {
        "title": row.stage.of(language),
        "wave": row.wave.of(language),
        "status": window_status_text(row.status, language),
        "first_day": in_cell(row.first_day),
        "last_day": in_cell(row.last_day),
        "closed_on": in_cell(row.closed_on),
        **work_facts(row.tally, language),
        "blockers": [blocker_text(blocker, language) for blocker in row.blockers],
    }


def _override(row: OverrideRow, language: Language) -> Facts:
    return {
        "title": row.stage.of(language),
        "wave": row.wave.of(language),
        "on": in_cell(row.on),
        "by": row.by,
        "reason": row.reason,
    }

"""A return as the form that a unit hands up: as plain values, as a Word document and as a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from config.definition.text import Text
from config.spoken import spell_out
from config.vocabulary import FigureKind, Language, ReturnStatus
from notifications.writing.wording import say_day, say_figure
from reports.asked import name_asked
from reports.book import About, Sheet, Value, write_book
from reports.facts import say_period
from reports.sources import Source, named, page_of_sources
from reports.word import template_of, write_word

FORM = Text(zh="报表", en="Return")
Number = int | Decimal | None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A figure: what it comes to and came to the period before, what the ledgers say, and what each part brings.

    Each number that is there has its SQL.
    """

    title: Text
    kind: FigureKind
    counted_in: Text | None
    value: Number
    before: Number
    recorded: Number
    parts: tuple[Number, ...]
    source: str
    source_before: str
    source_recorded: str
    source_parts: tuple[str, ...]

    def name(self, language: Language) -> str:
        """Say the figure, and what it is counted in."""
        return name_asked(self.title, self.counted_in, language)

    def say(self, number: Number) -> str:
        """Say a number of this figure; an amount has two decimals."""
        return "" if number is None else say_figure(number, self.kind)


@dataclass(frozen=True, slots=True)
class Form:
    """The return of a unit for a period; without a `version` it has not been passed on, and is what would be now."""

    campaign: Text
    note: Text | None
    stage: Text
    unit: str
    since: date
    until: date
    status: ReturnStatus
    version: int | None
    passed_on: date | None
    passed_by: str | None
    reason: str | None
    missing: int
    parts: tuple[Text, ...]
    rows: tuple[FormRow, ...]


def write_form_document(form: Form, language: Language, *, written_at: datetime, template: Path | None = None) -> bytes:
    """Write a return by a template of the office's own or the one that comes with Rollcall; Refusal as for reports."""
    return write_word(template or template_of("return", language), _facts(form, language), written_at=written_at)


def write_form_workbook(form: Form, language: Language, *, written_at: datetime) -> bytes:
    """Write a return as a workbook, numbers as numbers, with a page that says where each of them came from."""
    about = About(
        Text.same(f"{form.campaign.of(language)} {form.stage.of(language)}"),
        (
            (Text(zh="说明", en="Note"), form.note.of(language) if form.note else ""),
            (Text(zh="单位", en="Unit"), form.unit),
            (Text(zh="统计期间", en="Days"), say_period(form.since, form.until, language)),
            (Text(zh="状态", en="Status"), spell_out(form.status, language)),
            (Text(zh="版本", en="Version"), str(form.version or "")),
            (Text(zh="上报人", en="Passed on by"), form.passed_by or ""),
            (Text(zh="理由", en="Reason"), form.reason or ""),
        ),
    )
    head = (
        Text(zh="项目", en="Figure"),
        Text(zh="上期", en="Period before"),
        Text(zh="台账", en="Ledgers"),
        Text(zh="本期", en="This period"),
        *form.parts,
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (row.name(language), row.before, row.recorded, row.value, *row.parts) for row in form.rows
    )
    sheet = Sheet(FORM, head, (32, *(14 for _ in head[1:])), rows)
    return write_book(about, [sheet, page_of_sources(_sources(form, head, language))], language, written_at=written_at)


def _sources(form: Form, head: Sequence[Text], language: Language) -> Iterator[Source]:
    for row in form.rows:
        numbers = (row.before, row.recorded, row.value, *row.parts)
        sources = (row.source_before, row.source_recorded, row.source, *row.source_parts)
        for column, number, sql in zip(head[1:], numbers, sources, strict=True):
            if number is not None:
                yield Source(FORM.of(language), named(row.name(language), column, language), number, sql)


def _facts(form: Form, language: Language) -> dict[str, Any]:
    return {
        "campaign": form.campaign.of(language),
        "note": form.note.of(language) if form.note else "",
        "stage": form.stage.of(language),
        "unit": form.unit,
        "period": say_period(form.since, form.until, language),
        "status": spell_out(form.status, language),
        "version": str(form.version or ""),
        "passed_on": say_day(form.passed_on, language) if form.passed_on else "",
        "passed_by": form.passed_by or "",
        "reason": form.reason or "",
        "missing": str(form.missing or ""),
        "rows": [
            {
                "name": row.name(language),
                "before": row.say(row.before),
                "recorded": row.say(row.recorded),
                "value": row.say(row.value),
            }
            for row in form.rows
        ],
        "parts": {
            "columns": [part.of(language) for part in form.parts],
            "rows": [
                {"name": row.name(language), "figures": [row.say(each) for each in row.parts]} for row in form.rows
            ],
        },
    }

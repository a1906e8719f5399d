"""The report of a campaign as a Word document."""

from datetime import datetime
from pathlib import Path

from config.vocabulary import Language
from reports.charts import draw_charts
from reports.facts import facts_of
from reports.report import Report
from reports.word import template_of, write_word


def write_summary_document(
    report: Report, language: Language, *, written_at: datetime, template: Path | None = None
) -> bytes:
    """Write the report with its charts, by a template of the office's own or the one that comes with Rollcall.

    Raises Refusal for a template that cannot be filled.
    """
    template = template or template_of("summary", language)
    return write_word(template, facts_of(report, language), charts=draw_charts(report, language), written_at=written_at)

"""`rollcall report`: what the office hands up and hands out, written from what was recorded."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import house_at, instant
from cli.options import At, CampaignCode, Home
from cli.values import parse_day
from config.vocabulary import Language

if TYPE_CHECKING:
    from reports.report import Report

app = typer.Typer(help="Write reports and bulletins from what was recorded.")


class Ending(StrEnum):
    """The kinds of files that are written."""

    DOCX = ".docx"
    XLSX = ".xlsx"
    PDF = ".pdf"


Unit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar="CODE", help="A unit with all below it, by code or name.")
]
Since = Annotated[
    date | None, typer.Option("--since", metavar="DAY", parser=parse_day, help="The first day that counts.")
]
Until = Annotated[
    date | None, typer.Option("--until", metavar="DAY", parser=parse_day, help="The last day that counts.")
]
InLanguage = Annotated[
    Language | None, typer.Option("--language", help="The language; ROLLCALL_LANGUAGE where it is not given.")
]
Template = Annotated[
    Path | None,
    typer.Option("--template", metavar="FILE", help="A Word document of your own to be filled (docs/operations.md)."),
]


def _ending(file: Path, *allowed: Ending) -> Ending:
    for ending in allowed:
        if file.suffix.lower() == ending:
            return ending
    raise typer.BadParameter(f"{file}: must end with {' or '.join(allowed)}")


@app.command()
def summary(
    campaign: CampaignCode,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write, .docx or .xlsx.")],
    unit: Unit = None,
    since: Since = None,
    until: Until = None,
    language: InLanguage = None,
    template: Template = None,
    home: Home = None,
    at: At = None,
) -> None:
    """Write the report of a campaign as a Word document, and beside it a workbook that says where each number is from.

    Where the file ends with .xlsx, the workbook alone is written.

    Example: rollcall report summary --campaign baoding-2009 --out 总结报告.docx
    """
    from actions.reading.report.summary import read_report

    ending = _ending(out, Ending.DOCX, Ending.XLSX)
    now = instant(at)
    with house_at(home) as house:
        report = read_report(house, campaign, now=now, unit=unit, since=since, until=until)
        language = language or house.settings.language
    for file in [out] if ending is Ending.XLSX else [out, out.with_suffix(Ending.XLSX)]:
        _write(report, language, file, template, now)
        typer.echo(f"written: {file}")


def _write(report: "Report", language: Language, file: Path, template: Path | None, now: datetime) -> None:
    from reports.file import replace_file
    from reports.summary import write_summary_document
    from reports.workbook import write_workbook

    if _ending(file, Ending.DOCX, Ending.XLSX) is Ending.XLSX:
        content = write_workbook(report, language, written_at=now)
    else:
        content = write_summary_document(report, language, written_at=now, template=template)
    replace_file(file, content)

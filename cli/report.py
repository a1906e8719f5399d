"""`rollcall report`: what the office hands up and hands out, written from what was recorded."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.files import check_free
from cli.opening import actor, house_at, instant
from cli.options import At, By, CampaignCode, Force, Home
from cli.printing import tell
from cli.values import parse_day, parse_number, words
from config.said import Said
from config.vocabulary import Language

if TYPE_CHECKING:
    from reports.bulletin import Bulletin, Happenings
    from reports.report import Report

app = typer.Typer(help="Write reports and bulletins from what was recorded.")


LONGEST_NAME = 400


class Ending(StrEnum):
    """The kinds of files that are written."""

    DOCX = ".docx"
    XLSX = ".xlsx"
    PDF = ".pdf"


Unit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar="CODE", help="A unit with all below it, by code or name.")
]
OfUnit = Annotated[str, typer.Option("--unit", "-u", metavar="CODE", help="The unit whose bulletin it is.")]
IssueFile = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write, .docx or .pdf.")]
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
    force: Force = False,
    home: Home = None,
    at: At = None,
) -> None:
    """Write the report of a campaign as a Word document, and beside it a workbook that says where each number is from.

    Where the file ends with .xlsx, the workbook alone is written.

    Example: rollcall report summary --campaign baoding-2009 --out 总结报告.docx
    """
    from actions.reading.report.summary import read_report

    _ending(out, Ending.DOCX, Ending.XLSX)
    check_free(*_with_workbook(out), force=force)
    now = instant(at)
    with house_at(home) as house:
        report = read_report(house, campaign, now=now, unit=unit, since=since, until=until)
        language = language or house.settings.language
    for file in _with_workbook(out):
        _write(report, language, file, template, now)


@app.command()
def bulletin(
    campaign: CampaignCode,
    unit: OfUnit,
    since: Annotated[date, typer.Option("--since", metavar="DAY", parser=parse_day, help="The first day.")],
    until: Annotated[date, typer.Option("--until", metavar="DAY", parser=parse_day, help="The last day.")],
    issuer: Annotated[
        str, typer.Option("--issuer", metavar="NAME", parser=words(LONGEST_NAME), help="Who lets it come out.")
    ],
    out: IssueFile,
    headline: Annotated[
        str | None,
        typer.Option("--headline", metavar="TEXT", parser=words(LONGEST_NAME), help="What it is headed with."),
    ] = None,
    issue: Annotated[bool, typer.Option("--issue", help="Let it come out: enter it into the ledger.")] = False,
    language: InLanguage = None,
    template: Template = None,
    force: Force = False,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Draft a bulletin from the figures of a period; with --issue it comes out under the unit's next number.

    Beside it a workbook is written that says where each figure is from.

    Example: rollcall report bulletin -c baoding-2009 -u 清苑县 --since 2009-10-01 --until 2009-10-31
    --issuer 清苑县指导组 --out 简报.pdf
    """
    from actions.issue_bulletin import Wanted, draft_bulletin, issue_bulletin
    from actions.reading.report.bulletin import read_happenings, read_issue

    _ending(out, Ending.DOCX, Ending.PDF)
    check_free(*_with_workbook(out), force=force)
    now, wanted = instant(at), Wanted(unit, since, until, issuer, headline)
    with house_at(home) as house:
        language = language or house.settings.language
        if issue:
            number = issue_bulletin(house, campaign, wanted, language, actor=actor(by), now=now)
            tell(Said("issue {number}: entered into the ledger of bulletins", number=number))
            written = read_issue(house, campaign, unit, number)
        else:
            written = draft_bulletin(house, campaign, wanted, language, now=now)
        happenings = read_happenings(house, campaign, unit, written.since, written.until)
    _write_issue(written, happenings, language, out, template, now)


@app.command()
def issue(
    campaign: CampaignCode,
    unit: OfUnit,
    number: Annotated[
        int, typer.Option("--number", "-n", metavar="ISSUE", parser=parse_number, help="The number of the issue.")
    ],
    out: IssueFile,
    language: InLanguage = None,
    template: Template = None,
    force: Force = False,
    home: Home = None,
    at: At = None,
) -> None:
    """Write an issue of a bulletin that came out once more, as it stands in the ledger now.

    Example: rollcall report issue --campaign baoding-2009 --unit 清苑县 --number 3 --out 简报第3期.docx
    """
    from actions.reading.report.bulletin import read_happenings, read_issue

    _ending(out, Ending.DOCX, Ending.PDF)
    check_free(*_with_workbook(out), force=force)
    with house_at(home) as house:
        language = language or house.settings.language
        written = read_issue(house, campaign, unit, number)
        happenings = read_happenings(house, campaign, unit, written.since, written.until)
    _write_issue(written, happenings, language, out, template, instant(at))


@app.command(name="return")
def write_return(
    campaign: CampaignCode,
    stage: Annotated[str, typer.Option("--stage", "-s", metavar="CODE", help="The stage, such as q1.")],
    unit: Annotated[str, typer.Option("--unit", "-u", metavar="CODE", help="The unit whose return it is.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write, .docx or .xlsx.")],
    version: Annotated[
        int | None,
        typer.Option(
            "--version", metavar="NUMBER", parser=parse_number, help="This version; else the one that stands."
        ),
    ] = None,
    language: InLanguage = None,
    template: Template = None,
    force: Force = False,
    home: Home = None,
    at: At = None,
) -> None:
    """Write the return of a unit as a form: what it passed on, or would pass on now.

    Beside a Word document a workbook is written that says where each number is from.

    Example: rollcall report return --campaign quarterly-return --stage q1 --unit 130622 --out 季报.docx
    """
    from actions.reading.report.returned import read_form
    from reports.form import write_form_document, write_form_workbook

    _ending(out, Ending.DOCX, Ending.XLSX)
    now = instant(at)
    check_free(*_with_workbook(out), force=force)
    with house_at(home) as house:
        language = language or house.settings.language
        form = read_form(house, campaign, stage, unit, version=version)
    *documents, workbook = _with_workbook(out)
    for document in documents:
        _put(document, write_form_document(form, language, written_at=now, template=template))
    _put(workbook, write_form_workbook(form, language, written_at=now))


def _with_workbook(file: Path) -> list[Path]:
    """Name a document and the workbook beside it; a workbook stands alone."""
    return [file] if file.suffix.lower() == Ending.XLSX else [file, file.with_suffix(Ending.XLSX)]


def _write_issue(
    bulletin: "Bulletin",
    happenings: "Happenings",
    language: Language,
    file: Path,
    template: Path | None,
    now: datetime,
) -> None:
    from reports.issue import write_issue_document, write_issue_pdf
    from reports.issue_workbook import write_issue_workbook

    if _ending(file, Ending.DOCX, Ending.PDF) is Ending.PDF:
        content = write_issue_pdf(bulletin, language, written_at=now)
    else:
        content = write_issue_document(bulletin, language, written_at=now, template=template)
    document, workbook = _with_workbook(file)
    _put(document, content)
    _put(workbook, write_issue_workbook(bulletin, happenings, language, written_at=now))


def _write(report: "Report", language: Language, file: Path, template: Path | None, now: datetime) -> None:
    from reports.summary import write_summary_document
    from reports.workbook import write_workbook

    if _ending(file, Ending.DOCX, Ending.XLSX) is Ending.XLSX:
        content = write_workbook(report, language, written_at=now)
    else:
        content = write_summary_document(report, language, written_at=now, template=template)
    _put(file, content)


def _put(file: Path, content: bytes) -> None:
    from reports.file import replace_file

    replace_file(file, content)
    tell(Said("written: {file}", file=file))

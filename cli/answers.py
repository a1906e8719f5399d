"""`rollcall answers`: workbooks that are filled in offline, and come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import COULD_NOT
from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, CampaignCode, Force, Home, InLanguage, OneOfficer, OneUnit
from cli.printing import print_json, remark, tell
from cli.progress import working
from config.said import Said
from config.vocabulary import HandedTo

if TYPE_CHECKING:
    from sheets.answers.bundle import OpenFile

app = typer.Typer(help="Hand out workbooks of answers to be filled in offline, and take them back.")

OfCampaign = Annotated[
    str | None,
    typer.Option("--campaign", "-c", metavar="CODE", help="The campaign; that of the workbook where it is not given."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]


Each = Annotated[
    HandedTo | None,
    typer.Option("--each", help="A workbook for each unit that branches belong to, or for each officer, in one go."),
]
Out = Annotated[
    Path,
    typer.Option(
        "--out", "-o", metavar="PATH", help="The file to write; with --each a folder, or an archive named *.zip."
    ),
]


@app.command()
def export(
    campaign: CampaignCode,
    out: Out,
    unit: OneUnit = None,
    officer: OneOfficer = None,
    each: Each = None,
    language: InLanguage = None,
    force: Force = False,
    home: Home = None,
    at: At = None,
) -> None:
    """Write a workbook with the open work of a unit and all below it, or of an officer's branches.

    With --each there is one for each unit or officer, in a folder that is not there yet, or in an archive.

    Example: rollcall answers export --campaign baoding-2009 --unit 130622 --out anguo.xlsx
    """
    from actions.reading.answer_forms import open_answer_form, open_answer_forms
    from cli.files import written
    from sheets.answers.bundle import write_forms
    from sheets.answers.workbook import write_form

    if each is not None:
        if officer is not None:
            raise typer.BadParameter("with --each there is a workbook for each; leave --officer out")
        with (
            house_at(home) as house,
            working(Said("Writing")),
            open_answer_forms(house, campaign, each, unit=unit, now=instant(at)) as forms,
            _many(out, force=force) as open_file,
        ):
            done = write_forms(forms, open_file, language or house.settings.language)
        tell(
            Said("{out}: {files} workbooks with {tasks} tasks of branches", out=out, files=done.files, tasks=done.tasks)
        )
        return
    with (
        house_at(home) as house,
        working(Said("Writing")),
        open_answer_form(house, campaign, unit=unit, officer=officer, now=instant(at)) as form,
        written(out, force=force) as file,
    ):
        count = write_form(form, file, language or house.settings.language)
    tell(Said("{out}: {tasks} tasks of branches on {sheets} sheets", out=out, tasks=count, sheets=len(form.sheets)))


@contextmanager
def _many(out: Path, *, force: bool) -> Iterator["OpenFile"]:
    """Open a place for many files: an archive where it is named so, else a folder."""
    from cli.files import written, written_folder
    from sheets.answers.bundle import zipped

    if out.suffix.lower() == ".zip":
        with written(out, force=force) as file, zipped(file) as open_file:
            yield open_file
    else:
        with written_folder(out) as open_file:
            yield open_file


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook that was filled in.")],
    campaign: OfCampaign = None,
    dry_run: DryRun = False,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Take a workbook back: write what is new, and say what was changed meanwhile or cannot be taken.

    Nothing that somebody else answered is overwritten, and the same file again changes nothing.

    Example: rollcall answers import anguo.xlsx --dry-run
    """
    from actions.take_answers import take_answers
    from cli.views.forms import taken_line, taken_shape, trouble_lines
    from config.sheets import Source
    from sheets.answers.filled import read_form

    form = read_form(Source.of_file(file))
    with house_at(home) as house, working(Said("Reading")):
        taken = take_answers(house, form, campaign=campaign, actor=actor(by), now=instant(at), dry_run=dry_run)
    if as_json:
        print_json(taken_shape(taken, dry_run=dry_run))
    else:
        tell(taken_line(taken, dry_run=dry_run))
        remark(trouble_lines(file, taken, house.settings.language))
    if not taken.is_whole:
        raise typer.Exit(COULD_NOT)

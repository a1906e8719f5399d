"""`rollcall answers`: workbooks that are filled in offline, and come back."""

from pathlib import Path
from typing import Annotated

import typer

from cli.failures import COULD_NOT
from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, CampaignCode, Force, Home, InLanguage, OneOfficer, OneUnit, OutFile
from cli.printing import print_json, remark
from cli.progress import working

app = typer.Typer(help="Hand out workbooks of answers to be filled in offline, and take them back.")

OfCampaign = Annotated[
    str | None,
    typer.Option("--campaign", "-c", metavar="CODE", help="The campaign; that of the workbook where it is not given."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]


@app.command()
def export(
    campaign: CampaignCode,
    out: OutFile,
    unit: OneUnit = None,
    officer: OneOfficer = None,
    language: InLanguage = None,
    force: Force = False,
    home: Home = None,
    at: At = None,
) -> None:
    """Write a workbook with the open work of a unit and all below it, or of an officer's branches.

    Example: rollcall answers export --campaign baoding-2009 --unit 130622 --out anguo.xlsx
    """
    from actions.reading.answer_forms import open_answer_form
    from cli.files import written
    from sheets.answers.workbook import write_form

    with (
        house_at(home) as house,
        working("Writing"),
        open_answer_form(house, campaign, unit=unit, officer=officer, now=instant(at)) as form,
        written(out, force=force) as file,
    ):
        count = write_form(form, file, language or house.settings.language)
    typer.echo(f"{out}: {count} tasks of branches on {len(form.sheets)} sheets")


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
    with house_at(home) as house, working("Reading"):
        taken = take_answers(house, form, campaign=campaign, actor=actor(by), now=instant(at), dry_run=dry_run)
    if as_json:
        print_json(taken_shape(taken, dry_run=dry_run))
    else:
        typer.echo(taken_line(taken, dry_run=dry_run))
        remark(trouble_lines(file, taken))
    if not taken.is_whole:
        raise typer.Exit(COULD_NOT)

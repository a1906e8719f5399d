"""`rollcall registry`: which units, branches and officers there are."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import COULD_NOT
from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import in_words, print_json, remark, tell
from cli.progress import working
from cli.registry_told import rejection_line, shape_of, told
from config.errors import Refusal
from config.said import Said
from config.vocabulary import Language, OpenWork

if TYPE_CHECKING:
    from actions.preview_registry import RegistryPreview

app = typer.Typer(help="Import the registry of units, branches and officers.", no_args_is_help=True)


@app.callback()
def registry() -> None:
    """Import the registry of units, branches and officers."""


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="xlsx, xls, ods or CSV, one row a branch.")],
    check: Annotated[bool, typer.Option("--check", help="Only say what would change.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it without being asked, as scripts need it.")] = False,
    skip_rejected: Annotated[
        bool, typer.Option("--skip-rejected", help="Leave out rows that cannot be taken, and import the others.")
    ] = False,
    open_work: Annotated[
        OpenWork,
        typer.Option(
            help="What becomes of the open work of a branch that moved, and of the problems of one that was merged."
        ),
    ] = OpenWork.FOLLOW,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Say what a registry file would change, ask, and import it: all of it, or nothing where a row is rejected.

    New active branches join the campaigns that run, from the day of the instant given.

    Example: rollcall registry import branches.xlsx
    """
    if check and yes:
        raise typer.BadParameter("--check writes nothing; leave out --yes")
    if as_json and not (check or yes):
        raise typer.BadParameter("--json asks nobody; add --yes to import the file, or --check to look at it")
    from actions.import_registry import import_registry
    from actions.preview_registry import preview_registry
    from actions.registry.reading import read_file

    with house_at(home) as house:
        with working(Said("Reading")):
            read = read_file(house, file)
            found = preview_registry(house, read, skip_rejected=skip_rejected)
        if not as_json:
            _show(file, found, house.settings.language)
        is_written = not found.is_hindered and not check and (yes or found.is_empty or _is_wanted())
        if is_written and not found.is_empty:
            with working(Said("Importing")):
                imported = import_registry(
                    house, read, skip_rejected=skip_rejected, open_work=open_work, actor=actor(by), now=instant(at)
                )
            if imported.is_hindered:
                remark(rejection_line(file, cell, house.settings.language) for cell in imported.rejected)
                raise Refusal("{file}: what is there has changed meanwhile; nothing was written", file=file)
    if as_json:
        print_json(shape_of(found, is_written=is_written))
    elif is_written:
        tell(Said("nothing to write") if found.is_empty else Said("imported"))
    if not (is_written or check) or found.is_hindered:
        raise typer.Exit(COULD_NOT)


def _show(file: Path, found: "RegistryPreview", language: Language) -> None:
    """Say what would change; where nothing can be written, only what stands in the way."""
    remark(rejection_line(file, cell, language) for cell in found.rejected)
    if not found.is_hindered:
        for line in told(found):
            tell(line)


def _is_wanted() -> bool:
    """Ask whoever sits there; Refusal where nobody does."""
    if not sys.stdin.isatty():
        raise Refusal(
            "nothing was written, for nobody can be asked", hint=Said("add --yes to import it, --check to look")
        )
    if typer.confirm(in_words(Said("Import this?")), err=True):
        return True
    remark([Said("nothing was written")])
    return False

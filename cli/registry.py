"""`rollcall registry`: which units, branches and officers there are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import COULD_NOT
from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import print_json, remark
from cli.progress import working

if TYPE_CHECKING:
    from cli.shapes.people import RejectionShape

app = typer.Typer(help="Import the registry of units, branches and officers.", no_args_is_help=True)


@app.callback()
def registry() -> None:
    """Import the registry of units, branches and officers."""


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file in UTF-8 or GB18030, one row a branch.")],
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Import units, branches and officers; with anything rejected nothing is written.

    New active branches join the campaigns that run, from the day of the instant given.

    Example: rollcall registry import branches.csv
    """
    from actions.import_registry import import_registry
    from cli.shapes.people import ImportShape, RejectionShape

    with house_at(home) as house, working("Importing"):
        imported = import_registry(house, file, actor=actor(by), now=instant(at))
    rejected = tuple(RejectionShape(cell.line, cell.column, cell.value, cell.reason) for cell in imported.rejected)
    if as_json:
        print_json(ImportShape(imported.new, imported.changed, imported.unchanged, rejected))
    elif rejected:
        remark(_line(file, cell) for cell in rejected)
    else:
        typer.echo(f"{imported.new} branches new, {imported.changed} changed, {imported.unchanged} unchanged")
    if rejected:
        raise typer.Exit(COULD_NOT)


def _line(file: Path, cell: "RejectionShape") -> str:
    """Say what cannot be taken as other files' faults are said: where, what, why."""
    value = f'"{cell.value}" ' if cell.value else ""
    return ": ".join(part for part in (f"{file}:{cell.line}", cell.column, f"{value}{cell.reason}") if part)

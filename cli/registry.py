"""`rollcall registry`: which units, branches and officers there are."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.failures import COULD_NOT
from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import print_json, remark
from cli.progress import working
from config.vocabulary import OpenWork

if TYPE_CHECKING:
    from actions.preview_registry import RegistryPreview
    from cli.shapes.people import RejectionShape
    from config.registry import Rejection

app = typer.Typer(help="Import the registry of units, branches and officers.", no_args_is_help=True)


@app.callback()
def registry() -> None:
    """Import the registry of units, branches and officers."""


@app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="xlsx, xls, ods or CSV, one row a branch.")],
    check: Annotated[bool, typer.Option("--check", help="Only say what would change.")] = False,
    skip_rejected: Annotated[
        bool, typer.Option("--skip-rejected", help="Leave out rows that cannot be taken, and import the others.")
    ] = False,
    open_work: Annotated[
        OpenWork, typer.Option(help="What becomes of the open work of a branch that moved to another unit.")
    ] = OpenWork.FOLLOW,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Import units, branches and officers; with anything rejected nothing is written, unless told to skip it.

    New active branches join the campaigns that run, from the day of the instant given.

    Example: rollcall registry import branches.xlsx --check
    """
    if check:
        _check(file, skip_rejected, home, as_json)
        return
    from actions.import_registry import import_registry
    from cli.shapes.people import ImportShape

    with house_at(home) as house, working("Importing"):
        imported = import_registry(
            house, file, skip_rejected=skip_rejected, open_work=open_work, actor=actor(by), now=instant(at)
        )
    counts = (imported.new, imported.changed, imported.moved, imported.closed, imported.unchanged)
    if as_json:
        print_json(ImportShape(*counts, imported.skipped, _shapes(imported.rejected)))
    else:
        remark(_line(file, cell) for cell in imported.rejected)
        if not imported.is_hindered:
            typer.echo(_counted(*counts))
    if imported.is_hindered:
        raise typer.Exit(COULD_NOT)


def _check(file: Path, skip_rejected: bool, home: Path | None, as_json: bool) -> None:
    from actions.preview_registry import preview_registry
    from cli.shapes.people import CheckShape

    with house_at(home) as house, working("Reading"):
        found = preview_registry(house, file, skip_rejected=skip_rejected)
    if as_json:
        shape = {name: getattr(found, name) for name in CheckShape.__dataclass_fields__}
        print_json(CheckShape(**shape | {"rejected": _shapes(found.rejected)}))
    else:
        remark(_line(file, cell) for cell in found.rejected)
        for line in _told(found):
            typer.echo(line)
    if found.is_hindered:
        raise typer.Exit(COULD_NOT)


def _told(found: "RegistryPreview") -> Iterator[str]:
    yield _counted(found.new, found.changed, len(found.moved), len(found.closed), found.unchanged)
    for word, codes in (("moved", found.moved), ("closed", found.closed), ("active again", found.returned)):
        if codes:
            yield f"{word}: {', '.join(codes)}"
    yield f"{found.new_units} units new, {found.changed_units} changed"
    yield f"{found.new_officers} officers new, {found.renamed_officers} renamed, {found.new_channels} addresses"
    if found.passed_over:
        yield f"{found.passed_over} rows passed over: notes, and the header once more"
    if found.sheets_passed_over:
        yield f"sheets without a table: {', '.join(found.sheets_passed_over)}"


def _counted(new: int, changed: int, moved: int, closed: int, unchanged: int) -> str:
    of_these = f" ({moved} moved, {closed} closed)" if moved or closed else ""
    return f"{new} branches new, {changed} changed{of_these}, {unchanged} unchanged"


def _shapes(rejected: Sequence["Rejection"]) -> "tuple[RejectionShape, ...]":
    from cli.shapes.people import RejectionShape

    return tuple(
        RejectionShape(cell.line, cell.column, cell.value, cell.reason, cell.sheet or None, cell.cell or None)
        for cell in rejected
    )


def _line(file: Path, cell: "Rejection") -> str:
    """Say what cannot be taken as other files' faults are said: where, what, why."""
    where = f"{file}:{cell.sheet}!{cell.cell or cell.line}" if cell.sheet else f"{file}:{cell.line}"
    value = f'"{cell.value}" ' if cell.value else ""
    return ": ".join(part for part in (where, cell.column, f"{value}{cell.reason}") if part)

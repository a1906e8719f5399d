"""`rollcall db`: the database's own version, and the files that belong to it."""

import typer

from cli.opening import house_at, instant, settings_at
from cli.options import At, Home
from cli.printing import tell
from cli.progress import working
from config.said import Said

app = typer.Typer(help="Bring the database to this version of Rollcall; sweep the store of evidence.")


@app.callback()
def database() -> None:
    """Bring the database to this version of Rollcall; sweep the store of evidence."""


@app.command()
def upgrade(home: Home = None) -> None:
    """Bring the database to this version; harmless when it is there already. Make a copy first.

    Example: rollcall db upgrade
    """
    from actions.upgrade import upgrade as bring_up

    with working(Said("Upgrading")):
        house = bring_up(settings_at(home))
    house.engine.dispose()
    tell(Said("the database is of this version"))


@app.command()
def sweep(home: Home = None, at: At = None) -> None:
    """Remove files of evidence that no answer names: those that a crash left behind more than a day ago.

    Example: rollcall db sweep
    """
    from actions.sweep_evidence import sweep_evidence

    with house_at(home) as house:
        removed = sweep_evidence(house, now=instant(at))
    tell(Said("{count} files removed", count=removed))

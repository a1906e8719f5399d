"""`rollcall db`: the database's own version."""

import typer

from cli.opening import settings_at
from cli.options import Home
from cli.progress import working

app = typer.Typer(help="Bring the database to this version of Rollcall.")


@app.callback()
def database() -> None:
    """Bring the database to this version of Rollcall."""


@app.command()
def upgrade(home: Home = None) -> None:
    """Bring the database to this version; harmless when it is there already. Make a copy first.

    Example: rollcall db upgrade
    """
    from actions.upgrade import upgrade as bring_up

    with working("Upgrading"):
        house = bring_up(settings_at(home))
    house.engine.dispose()
    typer.echo("the database is of this version")

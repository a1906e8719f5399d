"""`rollcall serve`: keep the pages, patrol and delivery going."""

from typing import Annotated

import typer

from cli.opening import settings_at
from cli.options import Home
from config.vocabulary import ServeRole

Role = Annotated[
    ServeRole,
    typer.Option("--role", help="What to serve here: the pages (web), patrol and delivery (engine), or both (all)."),
]


def serve(home: Home = None, role: Role = ServeRole.ALL) -> None:
    """Serve the pages, and keep patrol and delivery going on their schedules, until Ctrl-C.

    Example: rollcall serve --home /srv/rollcall
    """
    from serving.serve import serve as run

    raise typer.Exit(run(settings_at(home), lambda line: typer.echo(line, err=True), role))

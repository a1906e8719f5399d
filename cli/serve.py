"""`rollcall serve`: keep patrol and delivery going."""

import typer

from cli.opening import settings_at
from cli.options import Home


def serve(home: Home = None) -> None:
    """Keep patrol and delivery going on their schedules, with Prefect's page to watch them, until Ctrl-C.

    Example: rollcall serve --home /srv/rollcall
    """
    from serving.serve import serve as run

    raise typer.Exit(run(settings_at(home), lambda line: typer.echo(line, err=True)))

"""The command `rollcall`: what it is made of, and the boundary that no error crosses as a traceback."""

import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import typer
from typer.main import get_command

from cli import (
    answers,
    campaign,
    channel,
    database,
    gate,
    ledger,
    notices,
    officer,
    problem,
    registry,
    report,
    request,
    returns,
    sample,
    silence,
    task,
    user,
)
from cli.audit import audit
from cli.deliver import deliver
from cli.demo import demo
from cli.export import export
from cli.extend import extend
from cli.failures import INTERRUPTED, explain
from cli.options import Home
from cli.patrol import patrol
from cli.serve import serve

NEW_OBJECTS = 50_000
"""How many objects are made before the collector looks through them; Python's own limit is 700 or 2,000."""

app = typer.Typer(
    name="rollcall",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback()
def rollcall(home: Home = None) -> None:
    """Run phased campaigns over many branches: stages, deadlines, gates, and reminders that arrive once.

    Example: rollcall demo
    """


app.command()(demo)
app.command()(serve)
app.add_typer(database.app, name="db")
app.add_typer(registry.app, name="registry")
app.add_typer(officer.app, name="officer")
app.add_typer(channel.app, name="channel")
app.add_typer(user.app, name="user")
app.add_typer(campaign.app, name="campaign")
app.add_typer(task.app, name="task")
app.add_typer(answers.app, name="answers")
app.command()(extend)
app.command()(export)
app.add_typer(request.app, name="request")
app.add_typer(silence.app, name="silence")
app.add_typer(gate.app, name="gate")
app.add_typer(problem.app, name="problem")
app.add_typer(ledger.app, name="ledger")
app.add_typer(report.app, name="report")
app.add_typer(returns.app, name="return")
app.add_typer(sample.app, name="sample")
app.command()(patrol)
app.command()(deliver)
app.add_typer(notices.app, name="notices")
app.command()(audit)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0, 1 (it could not), 2 (a bad call), 130 (interrupted).

    Whatever goes wrong is said on standard error, without a traceback.
    """
    # What is imported stays: looking through it over and over is a sixth of the time to an answer.
    gc.set_threshold(NEW_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no Chinese is no reason to stop
    try:
        status = get_command(app).main(arguments, prog_name="rollcall", standalone_mode=False)
        if status == INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - Typer has turned it into a status
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary
        failure = explain(error)
        if failure.line:
            typer.echo(failure.line, err=True)
        return failure.status
    return status or 0

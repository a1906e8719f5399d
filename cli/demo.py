"""`rollcall demo`: a campaign over 703 branches, played up to now, then served."""

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import settings_at
from cli.options import Home
from cli.printing import in_words, remark, tell
from cli.values import parse_instant
from config.said import Said

if TYPE_CHECKING:
    from config.settings import Settings
    from simulation.play import Played

OWN_HOME = Path("~/.rollcall-demo")
"""Where the sample lies when no home is named, so that it never ends in a real one."""

Campaign = Annotated[
    str, typer.Option("--campaign", "-c", metavar="CODE", help="A ready campaign, or a campaign file, to be played.")
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until", metavar="INSTANT", parser=parse_instant, help="Play up to this instant; now where it is not given."
    ),
]
NoServe = Annotated[bool, typer.Option("--no-serve", help="End after the summary instead of serving.")]


def demo(
    home: Home = None, campaign: Campaign = "baoding-demo", until: Until = None, no_serve: NoServe = False
) -> None:
    """Play a sample campaign over 703 invented branches up to now, show how it stands, then serve it.

    The sample lies in ~/.rollcall-demo unless a home is named; a second call goes on with what is there.

    Example: rollcall demo --campaign baoding-2009 --until 2010-02-01T00:00+08:00 --no-serve
    """
    from actions.reading.campaigns import read_definition
    from actions.reading.standing import read_standing
    from cli.views.standing import print_standing
    from simulation.demo import demonstrate, open_demo_house
    from simulation.visitor import admit_visitor

    named = home or (None if os.environ.get("ROLLCALL_HOME") else OWN_HOME)
    settings = _with_pages(settings_at(named))
    house = open_demo_house(settings)
    now = until or datetime.now(UTC)
    with _days_going_by() as watch:
        shown = demonstrate(house, campaign, until=now, watch=watch)
    remark(shown.warnings)
    print_standing(
        read_standing(house, shown.campaign, now=now), read_definition(house, shown.campaign), settings.language
    )
    visitor = admit_visitor(house, now=now)
    house.engine.dispose()
    tell(Said("summary: {file}", file=shown.summary))
    tell(Said("messages: {folder}", folder=settings.home / "messages"))
    tell(
        Said(
            "pages: {address}   login: {login}   password: {password}",
            address=settings.web_url,
            login=visitor.login,
            password=visitor.password,
        )
    )
    if no_serve:
        tell(Said("to serve them: rollcall serve --home {home}", home=shlex.quote(str(settings.home))))
        return
    from serving.serve import serve

    raise typer.Exit(serve(settings, lambda line: typer.echo(line, err=True)))


def _with_pages(settings: "Settings") -> "Settings":
    """Settle where the pages of the demonstration will be, so that its messages lead there."""
    from serving.place import find_web_port, web_address

    port = find_web_port(settings)
    return settings.model_copy(update={"web_port": port, "web_url": settings.web_url or web_address(settings, port)})


@contextmanager
def _days_going_by() -> Iterator[Callable[["Played"], None]]:
    """Show the day that is being played and what happened so far; in one line at the end without a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    answers = sent = 0
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        line = progress.add_task(in_words(Said("Importing the sample registry")), total=None)

        def watch(day: "Played") -> None:
            nonlocal answers, sent
            answers, sent = answers + day.answers, sent + day.sent
            going = Said(
                "Playing {day}: {answers:,} answers, {sent:,} reminders",
                day=f"{day.since:%Y-%m-%d}",
                answers=answers,
                sent=sent,
            )
            progress.update(line, description=in_words(going))

        yield watch
    if answers:
        remark([Said("played: {answers:,} answers, {sent:,} messages delivered", answers=answers, sent=sent)])

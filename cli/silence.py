"""`rollcall silence`: a time in which nobody is reminded about some branches."""

from datetime import date
from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home, Reason
from cli.printing import print_json, tell
from cli.values import parse_moment, parse_number
from config.said import Said

app = typer.Typer(help="Put reminders off for a time: deadlines stay, and what was reached is told afterwards.")

Branch = Annotated[str | None, typer.Option("--branch", "-b", metavar="CODE", help="About this branch.")]
Unit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar="CODE", help="About this unit and all below it; a name will do.")
]
Starts = Annotated[
    date | None,
    typer.Option(
        "--from",
        metavar="DAY|INSTANT",
        parser=parse_moment,
        help="The first day, or an instant with a zone; at once without it.",
    ),
]
Ends = Annotated[
    date,
    typer.Option(
        "--until", metavar="DAY|INSTANT", parser=parse_moment, help="The last day, or an instant with a zone."
    ),
]
Number = Annotated[int, typer.Argument(metavar="NUMBER", parser=parse_number, help="The silence's number.")]


@app.command()
def add(
    ends: Ends,
    reason: Reason,
    branch: Branch = None,
    unit: Unit = None,
    starts: Starts = None,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Remind nobody about a branch, or a unit and all below it, for a time; days are those of the settings' zone.

    Example: rollcall silence add --unit 安国市 --from 2009-09-28 --until 2009-10-02 --reason "flood"
    """
    from actions.silence import Request, silence
    from cli.shapes.people import SilenceNumberShape

    if (branch is None) == (unit is None):
        raise typer.BadParameter("say about whom: either --branch or --unit")
    request = Request(ends=ends, reason=reason, branch=branch, unit=unit, starts=starts)
    with house_at(home) as house:
        number = silence(house, request, actor=actor(by), now=instant(at))
    if as_json:
        print_json(SilenceNumberShape(number))
    else:
        place = branch or unit
        tell(Said("silence {number}: no reminders about {place} until {ends}", number=number, place=place, ends=ends))


@app.command(name="list")
def list_silences(home: Home = None, as_json: AsJson = False, at: At = None) -> None:
    """List silences, the newest first, with those that are over.

    Example: rollcall silence list
    """
    from actions.reading.silences import read_silences
    from cli.views.silences import print_silences, silence_shapes

    with house_at(home) as house:
        found, language = read_silences(house, now=instant(at)), house.settings.language
    if as_json:
        print_json(silence_shapes(found))
    else:
        print_silences(found, language)


@app.command()
def lift(number: Number, home: Home = None, at: At = None, by: By = None) -> None:
    """End a silence before its time; the next patrol tells what was put off.

    Example: rollcall silence lift 3
    """
    from actions.lift_silence import lift_silence

    with house_at(home) as house:
        lifted = lift_silence(house, number, actor=actor(by), now=instant(at))
    told = Said("lifted") if lifted else Said("was lifted already")
    tell(Said("silence {number}: {told}", number=number, told=told))

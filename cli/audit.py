"""`rollcall audit`: who did what, and when."""

from datetime import date
from typing import Annotated

import typer

from cli.opening import house_at
from cli.options import AsJson, Home
from cli.printing import print_json, remark
from cli.values import parse_day, parse_number
from config.said import Said
from config.vocabulary import EventKind

SHOWN = 40


def audit(
    kind: Annotated[
        EventKind | None, typer.Option("--kind", metavar="KIND", help="Of this kind: gate.approved.")
    ] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="NAME", help="Done by this one.")] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", "-c", metavar="CODE", help="In this campaign.")] = None,
    branch: Annotated[str | None, typer.Option("--branch", "-b", metavar="CODE", help="About this branch.")] = None,
    day: Annotated[
        date | None, typer.Option("--day", metavar="DAY", parser=parse_day, help="Of this day, in the settings' zone.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="NUMBER", parser=parse_number, help="At most so many.")
    ] = SHOWN,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the audit record, what was recorded last first.

    Example: rollcall audit --campaign baoding-2009 --kind gate.approved
    """
    from actions.reading.events import EventFilter, read_events
    from cli.views.events import event_shapes, print_events

    wanted = EventFilter(kind=kind, actor=actor, campaign=campaign, branch=branch, day=day)
    with house_at(home) as house:
        found, settings = read_events(house, wanted, limit=limit), house.settings
    if as_json:
        print_json(event_shapes(found.rows))
        return
    print_events(found.rows, settings.language, settings.timezone)
    if found.following:
        remark([Said("these are the newest {count}; --limit shows more", count=limit)])

"""`rollcall deliver`: send what may go out now."""

from time import sleep
from typing import Annotated

import typer

from cli.opening import clock, house_at, instant
from cli.options import AsJson, At, Home
from cli.printing import print_json, tell
from cli.progress import working
from config.errors import Refusal
from config.said import Said

Waits = Annotated[
    bool, typer.Option("--wait", help="Stay until those have gone too that wait for a service's rate or pause.")
]


def deliver(wait: Waits = False, home: Home = None, as_json: AsJson = False, at: At = None) -> None:
    """Send the notices whose hour has come, and end when nothing more can go out.

    Example: rollcall deliver --wait
    """
    from cli.shapes.notices import DeliverShape
    from flows.delivery import remind_and_deliver

    if wait and at:
        raise Refusal("--wait: goes by the real clock; leave out --at, or wait by calling again with a later one")
    began = instant(at)
    with house_at(home) as house, working(Said("Delivering")):
        report = remind_and_deliver(house, clock(at), sleep if wait else None)
    if as_json:
        facts = (report.sent, report.failed, report.held, report.dead, report.cancelled, report.waiting)
        print_json(DeliverShape(began, *facts))
        return
    told = Said(
        "{sent} sent, {failed} to be tried again, {held} held for a person, {dead} given up, {cancelled} called off",
        sent=report.sent,
        failed=report.failed,
        held=report.held,
        dead=report.dead,
        cancelled=report.cancelled,
    )
    waiting = Said("{told}, {count} wait for their service's turn", told=told, count=report.waiting)
    tell(waiting if report.waiting else told)

"""`rollcall deliver`: send what may go out now."""

import typer

from cli.opening import clock, house_at, instant
from cli.options import AsJson, At, Home
from cli.printing import print_json
from cli.progress import working


def deliver(home: Home = None, as_json: AsJson = False, at: At = None) -> None:
    """Send the notices whose hour has come, and end when nothing more can go out.

    Example: rollcall deliver
    """
    from cli.shapes import DeliverShape
    from flows.delivery import delivery

    began = instant(at)
    with house_at(home) as house, working("Delivering"):
        report = delivery(house, clock(at))
    shape = DeliverShape(began, report.sent, report.failed, report.held, report.dead, report.cancelled)
    if as_json:
        print_json(shape)
        return
    typer.echo(
        f"{shape.sent} sent, {shape.failed} to be tried again, {shape.held} held for a person,"
        f" {shape.dead} given up, {shape.cancelled} called off"
    )

"""`rollcall request`: extensions that branches ask for."""

from datetime import date
from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import print_json, tell
from cli.values import parse_day, parse_number, words
from config.said import Said
from rules.words import LONGEST_REASON

app = typer.Typer(help="List the extensions that branches asked for; grant or refuse one.")

Number = Annotated[int, typer.Argument(metavar="NUMBER", parser=parse_number, help="The request's number.")]
Campaign = Annotated[str | None, typer.Option("--campaign", "-c", metavar="CODE", help="Of this campaign alone.")]
Until = Annotated[
    date | None,
    typer.Option("--until", metavar="DAY", parser=parse_day, help="Another last day than the one asked for."),
]
Answer = Annotated[
    str | None,
    typer.Option("--answer", metavar="TEXT", parser=words(LONGEST_REASON), help="What the branch is to read."),
]
NeededAnswer = Annotated[
    str, typer.Option("--answer", metavar="TEXT", parser=words(LONGEST_REASON), help="Why not; the branch reads it.")
]


@app.command(name="list")
def list_requests(campaign: Campaign = None, home: Home = None, as_json: AsJson = False) -> None:
    """List the requests, those that wait first, then those decided last.

    Example: rollcall request list --campaign baoding-2009
    """
    from actions.reading.requests import read_requests
    from cli.views.requests import print_requests, request_shapes

    with house_at(home) as house:
        waiting, settled = read_requests(house, campaign=campaign)
        language = house.settings.language
    if as_json:
        print_json(request_shapes([*waiting, *settled]))
    else:
        print_requests([*waiting, *settled], language)


@app.command()
def grant(
    number: Number, until: Until = None, answer: Answer = None, home: Home = None, at: At = None, by: By = None
) -> None:
    """Grant a request, until the day asked for or another; the officer is told of the new last day.

    Example: rollcall request grant 12 --until 2009-09-30
    """
    from actions.decide_extension import grant_request

    with house_at(home) as house:
        day = grant_request(house, number, until=until, answer=answer, actor=actor(by), now=instant(at))
    tell(Said("request {number}: granted until {day}", number=number, day=day))


@app.command()
def refuse(number: Number, answer: NeededAnswer, home: Home = None, at: At = None, by: By = None) -> None:
    """Refuse a request, with an answer that the branch reads.

    Example: rollcall request refuse 12 --answer "the day is the city's"
    """
    from actions.decide_extension import refuse_request

    with house_at(home) as house:
        refuse_request(house, number, answer=answer, actor=actor(by), now=instant(at))
    tell(Said("request {number}: refused", number=number))

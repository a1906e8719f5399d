"""`rollcall campaign`: check a file, launch it, see how it stands."""

from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import print_json, remark, tell
from cli.progress import working
from config.said import Said

app = typer.Typer(help="Check a campaign file, launch it, and see how it stands.")

FileOrCode = Annotated[
    str, typer.Argument(metavar="FILE_OR_CODE", help="A campaign file, or the code of one that comes with Rollcall.")
]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The campaign.")]


@app.command()
def check(source: FileOrCode, home: Home = None, as_json: AsJson = False, at: At = None) -> None:
    """Say what is wrong in a campaign file, or show the windows it leads to.

    Each fault is a line: file:line: key: message. Waves that start relative to the launch are placed as if it were
    launched at the instant given.

    Example: rollcall campaign check baoding-2009
    """
    from actions.check import check_campaign
    from cli.views.plan import plan_shape, print_plan
    from config.definition.file import find_campaign, load_definition

    with house_at(home) as house:
        checked = check_campaign(house, load_definition(find_campaign(source)), now=instant(at))
        if as_json:
            print_json(plan_shape(checked, house.settings.language))
        else:
            print_plan(checked, house.settings.language)
            remark(checked.warnings)


@app.command()
def schema(home: Home = None) -> None:  # noqa: ARG001 - taken by every command, so that scripts need not choose
    """Print the JSON Schema of campaign files, for editors that check while you write.

    Example: rollcall campaign schema > campaign.schema.json
    """
    from config.definition.json_schema import json_schema

    print_json(json_schema())


@app.command()
def launch(source: FileOrCode, home: Home = None, as_json: AsJson = False, at: At = None, by: By = None) -> None:
    """Put a campaign to work: plan its windows and enrol the branches; the next patrol opens what is due.

    Example: rollcall campaign launch baoding-2009 --at 2009-09-07T08:00+08:00
    """
    from actions.launch import launch as launch_campaign
    from cli.shapes.campaigns import LaunchShape
    from config.definition.file import find_campaign, load_definition

    with house_at(home) as house:
        loaded = load_definition(find_campaign(source))
        with working(Said("Launching")):
            launched = launch_campaign(house, loaded, actor=actor(by), now=instant(at))
    if as_json:
        print_json(LaunchShape(launched.campaign, launched.branches, tuple(map(str, launched.warnings))))
        return
    tell(
        Said(
            "campaign {campaign} launched with {branches} branches; `rollcall patrol` opens it",
            campaign=launched.campaign,
            branches=launched.branches,
        )
    )
    remark(launched.warnings)


@app.command()
def status(code: Code, home: Home = None, as_json: AsJson = False, at: At = None) -> None:
    """Show how a campaign stands: its windows, what blocks them, its units and its notices.

    Example: rollcall campaign status baoding-2009 --at 2009-10-09T09:00+08:00
    """
    from actions.reading.campaigns import read_definition
    from actions.reading.standing import read_standing
    from cli.views.standing import print_standing, status_shape

    with house_at(home) as house:
        standing = read_standing(house, code, now=instant(at))
        if as_json:
            print_json(status_shape(standing))
        else:
            print_standing(standing, read_definition(house, code), house.settings.language)


@app.command()
def pace(code: Code, home: Home = None, as_json: AsJson = False, at: At = None) -> None:
    """Show the branches below the pace that the calendar asks of the study windows at work.

    Example: rollcall campaign pace baoding-2009 --at 2009-10-30T09:00+08:00
    """
    from actions.reading.pace import read_pace
    from cli.views.pace import pace_shapes, print_paces

    with house_at(home) as house:
        paces = read_pace(house, code, now=instant(at))
        if as_json:
            print_json(pace_shapes(paces))
        elif paces:
            print_paces(paces, house.settings.language)
        else:
            tell(Said("campaign {campaign}: no study window is at work", campaign=code))


@app.command(name="list")
def list_campaigns(home: Home = None, as_json: AsJson = False) -> None:
    """List the campaigns, the newest first.

    Example: rollcall campaign list
    """
    from actions.reading.campaigns import read_campaigns
    from cli.views.campaigns import campaign_shapes, print_campaigns

    with house_at(home) as house:
        campaigns, language = read_campaigns(house), house.settings.language
    if as_json:
        print_json(campaign_shapes(campaigns, language))
    else:
        print_campaigns(campaigns, language)

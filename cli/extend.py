"""`rollcall extend`: a later deadline."""

from datetime import date
from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import At, By, CampaignCode, Home, Reason
from cli.printing import tell
from cli.values import parse_day
from config.said import Said


def extend(
    campaign: CampaignCode,
    until: Annotated[
        date,
        typer.Option("--until", metavar="DAY", parser=parse_day, help="The new last allowed day, such as 2009-09-30."),
    ],
    reason: Reason,
    branch: Annotated[str | None, typer.Option("--branch", "-b", metavar="CODE", help="For this branch.")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", "-u", metavar="CODE", help="For this unit and all below it; a name will do.")
    ] = None,
    stage: Annotated[str | None, typer.Option("--stage", "-s", metavar="CODE", help="In this stage alone.")] = None,
    task: Annotated[str | None, typer.Option("--task", "-t", metavar="CODE", help="In this task alone.")] = None,
    wave: Annotated[
        str | None, typer.Option("--wave", "-w", metavar="CODE", help="In this wave alone; otherwise in all.")
    ] = None,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Grant a branch or a unit a later deadline, in a task, a stage, or all work that is open, in one wave or in all.

    The latest decision counts; one for a unit never shortens a branch's own. The officers whose work moves are told.

    Example: rollcall extend --campaign baoding-2009 --unit 安国市 --until 2009-09-30 --reason "flood"
    """
    from actions.extend import Request
    from actions.extend import extend as grant

    if (branch is None) == (unit is None):
        raise typer.BadParameter("say for whom: either --branch or --unit")
    request = Request(until=until, reason=reason, branch=branch, unit=unit, stage=stage, task=task, wave=wave)
    with house_at(home) as house:
        granted = grant(house, campaign, request, actor=actor(by), now=instant(at))
    tell(
        Said(
            "{place}: extended until {until}; {moved} deadlines moved, {told} officers told",
            place=branch or unit,
            until=until,
            moved=granted.moved,
            told=granted.told,
        )
    )

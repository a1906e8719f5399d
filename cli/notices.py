"""`rollcall notices`: what people were told, or will be."""

from datetime import date
from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import print_json, print_json_list, remark, tell
from cli.values import parse_day, parse_number
from config.said import Said
from config.vocabulary import NoticeStatus

SHOWN = 40

app = typer.Typer(help="List what people were told or will be, look into it, and send again what stopped.")

NoticeNumber = Annotated[int, typer.Argument(metavar="NOTICE", parser=parse_number, help="The notice's number.")]
NoticeNumbers = Annotated[
    list[int] | None, typer.Argument(metavar="NOTICE...", parser=parse_number, help="The notices' numbers.")
]
AllDead = Annotated[bool, typer.Option("--all-dead", help="All that were given up of --campaign, instead of numbers.")]
Campaign = Annotated[str | None, typer.Option("--campaign", "-c", metavar="CODE", help="That speak of this campaign.")]
Officer = Annotated[str | None, typer.Option("--officer", "-o", metavar="CODE", help="To this officer.")]
Status = Annotated[NoticeStatus | None, typer.Option("--status", help="That stand like this.")]
Day = Annotated[date | None, typer.Option("--day", metavar="DAY", parser=parse_day, help="Of this send day.")]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-n",
        metavar="NUMBER",
        parser=parse_number,
        help=f"At most so many: {SHOWN} in a table, all in JSON.",
    ),
]


@app.command(name="list")
def list_notices(
    campaign: Campaign = None,
    officer: Officer = None,
    status: Status = None,
    day: Day = None,
    limit: Limit = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List notices, the newest day first. In JSON, those of a campaign or to an officer with all that there is to say.

    Example: rollcall notices list --status dead
    """
    from actions.reading.notice_details import read_details
    from actions.reading.notices import NoticeFilter, read_notices
    from cli.views.notices import account_shapes, notice_shapes, print_notices

    wanted = NoticeFilter(campaign=campaign, officer=officer, status=status, day=day)
    with house_at(home) as house:
        if as_json and (campaign or officer):
            print_json_list(account_shapes(read_details(house, wanted, limit=limit)))
            return
        # One more than is shown tells whether there are more.
        found = read_notices(house, wanted, limit=limit if as_json or limit else SHOWN + 1)
        language = house.settings.language
    if as_json:
        print_json(notice_shapes(found))
        return
    shown = found[: limit or SHOWN]
    print_notices(shown, language)
    if len(found) > len(shown):
        remark([Said("these are the newest {count}; --limit shows more", count=len(shown))])


@app.command()
def show(notice: NoticeNumber, home: Home = None, as_json: AsJson = False) -> None:
    """Show what a notice is about and why, every try of sending it, and its text.

    Example: rollcall notices show 12
    """
    from actions.reading.notice_details import read_notice
    from cli.views.notices import detail_shape, print_notice

    with house_at(home) as house:
        detail, language = read_notice(house, notice), house.settings.language
    if as_json:
        print_json(detail_shape(detail))
    else:
        print_notice(detail, language)


@app.command()
def retry(
    notices: NoticeNumbers = None,
    all_dead: AllDead = False,
    campaign: Campaign = None,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Send notices again that were given up or wait for a person, by number, or all dead ones of a campaign.

    Example: rollcall notices retry --all-dead --campaign baoding-2009
    """
    from actions.requeue import requeue
    from actions.requeue_dead import requeue_dead

    if bool(notices) == all_dead or all_dead != (campaign is not None):
        raise typer.BadParameter("say which: either their numbers, or --all-dead and --campaign")
    with house_at(home) as house:
        for notice in notices or ():
            requeue(house, notice, actor=actor(by), now=instant(at))
            tell(Said("notice {number}: planned again; `rollcall deliver` sends it", number=notice))
        if campaign is not None:
            done = requeue_dead(house, campaign, actor=actor(by), now=instant(at))
            tell(
                Said(
                    "campaign {campaign}: {count} planned again; `rollcall deliver` sends them",
                    campaign=campaign,
                    count=done.notices,
                )
            )
            if done.unreached:
                remark([Said("{count} stay dead: no active channel reaches their readers", count=done.unreached)])

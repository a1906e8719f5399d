"""`rollcall officer`: whom Rollcall writes to."""

from datetime import date
from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import print_json, tell
from cli.values import parse_day, parse_zone, words
from config.said import Said
from config.vocabulary import Language, OfficerRole
from rules.words import LONGEST_ACTOR

LONGEST_CODE = 40
LONGEST_NAME = 200

app = typer.Typer(help="Add and list the people Rollcall writes to, and say who is told when one is away or leaves.")

Code = Annotated[
    str, typer.Argument(metavar="CODE", parser=words(LONGEST_CODE), help="What the officer is called by in files.")
]
Name = Annotated[str, typer.Option("--name", metavar="NAME", parser=words(LONGEST_NAME), help="The officer's name.")]
Role = Annotated[OfficerRole, typer.Option("--role", help="What the officer does.")]
Unit = Annotated[
    str | None,
    typer.Option("--unit", "-u", metavar="CODE", help="The unit a group guides or a coordinator answers for."),
]
Channel = Annotated[
    str | None,
    typer.Option("--channel", metavar="URL", help="The address to write to, such as folder://zhang-san; kept sealed."),
]
Phone = Annotated[
    str | None,
    typer.Option("--phone", metavar="NUMBER", parser=words(LONGEST_ACTOR), help="A number to call; kept sealed."),
]
Tongue = Annotated[Language | None, typer.Option("--language", help="The language to write in.")]
Timezone = Annotated[
    str | None,
    typer.Option(
        "--timezone", metavar="ZONE", parser=parse_zone, help="Where the officer lives, such as Asia/Shanghai."
    ),
]

Deputy = Annotated[str, typer.Option("--deputy", metavar="CODE", help="Who is told instead.")]
First = Annotated[
    date, typer.Option("--from", metavar="DAY", parser=parse_day, help="The first day away, such as 2009-09-28.")
]
Last = Annotated[
    date | None,
    typer.Option(
        "--until", metavar="DAY", parser=parse_day, help="The last day away; until the officer is back without it."
    ),
]
Giver = Annotated[str, typer.Argument(metavar="FROM", parser=words(LONGEST_CODE), help="Whose branches they are.")]
Taker = Annotated[str, typer.Argument(metavar="TO", parser=words(LONGEST_CODE), help="Who answers for them now.")]


@app.command()
def add(
    code: Code,
    name: Name,
    role: Role,
    unit: Unit = None,
    channel: Channel = None,
    phone: Phone = None,
    language: Tongue = None,
    timezone: Timezone = None,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Add an officer. Liaison officers with their branches come with the registry.

    Example: rollcall officer add zhang-san --name 张三 --role group --unit 安国市 --channel folder://zhang-san
    """
    from actions.add_officer import NewOfficer, add_officer

    new = NewOfficer(
        code=code,
        name=name,
        role=role,
        unit=unit,
        channel=channel,
        phone=phone,
        language=language,
        timezone=timezone,
    )
    with house_at(home) as house:
        add_officer(house, new, actor=actor(by), now=instant(at))
    tell(Said("officer {officer} added", officer=code))


@app.command(name="list")
def list_officers(
    role: Annotated[OfficerRole | None, typer.Option("--role", help="Those of this role alone.")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", "-u", metavar="CODE", help="Those of this unit and all below it alone.")
    ] = None,
    unreached: Annotated[bool, typer.Option("--unreached", help="Those whom no active channel reaches alone.")] = False,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
) -> None:
    """List officers with the services that reach them, and who is away; addresses are not shown.

    Example: rollcall officer list --role coordinator
    """
    from actions.reading.officers import read_officers
    from cli.views.officers import officer_shapes, print_officers

    with house_at(home) as house:
        officers = read_officers(house, now=instant(at), role=role, unit=unit, unreached=unreached)
        language = house.settings.language
    if as_json:
        print_json(officer_shapes(officers))
    else:
        print_officers(officers, language)


@app.command()
def away(
    code: Code,
    deputy: Deputy,
    first: First,
    last: Last = None,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Have a deputy told instead of an officer who is away; days are the officer's own.

    Example: rollcall officer away zhang-san --deputy li-si --from 2009-09-28 --until 2009-10-09
    """
    from actions.set_away import set_away

    with house_at(home) as house:
        changed = set_away(house, code, deputy, first, last, actor=actor(by), now=instant(at))
    told = Said("officer {officer}: {deputy} is told instead", officer=code, deputy=deputy)
    tell(told if changed else Said("{told}, as was said already", told=told))


@app.command()
def back(code: Code, home: Home = None, at: At = None, by: By = None) -> None:
    """Have an officer told again who was away.

    Example: rollcall officer back zhang-san
    """
    from actions.set_back import set_back

    with house_at(home) as house:
        returned = set_back(house, code, actor=actor(by), now=instant(at))
    told = Said("is told again") if returned else Said("was not away")
    tell(Said("officer {officer}: {told}", officer=code, told=told))


@app.command(name="hand-over")
def hand_over(giver: Giver, taker: Taker, home: Home = None, at: At = None, by: By = None) -> None:
    """Give all branches of one officer to another; what is planned and not sent goes to the new one.

    Example: rollcall officer hand-over zhang-san li-si
    """
    from actions.hand_over import hand_over as give

    with house_at(home) as house:
        count = give(house, giver, taker, actor=actor(by), now=instant(at))
    handed_over = Said("{count} branches handed over from {giver} to {taker}", count=count, giver=giver, taker=taker)
    tell(handed_over if count else Said("{giver} has no branches to hand over", giver=giver))


@app.command(name="revoke-links")
def revoke_links(code: Code, home: Home = None, at: At = None, by: By = None) -> None:
    """Make every link void that an officer was sent so far; the next message brings a new one.

    Example: rollcall officer revoke-links zhang-san
    """
    from actions.revoke_links import revoke_links as revoke

    with house_at(home) as house:
        revoke(house, code, actor=actor(by), now=instant(at))
    tell(Said("officer {officer}: every link sent so far is void", officer=code))

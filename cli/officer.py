"""`rollcall officer`: whom Rollcall writes to."""

from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import LONGEST_ACTOR, AsJson, At, By, Home
from cli.printing import print_json
from cli.values import parse_zone, words
from config.vocabulary import Language, OfficerRole

LONGEST_CODE = 40
LONGEST_NAME = 200

app = typer.Typer(help="Add and list the people Rollcall writes to.")

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
    typer.echo(f"officer {code} added")


@app.command(name="list")
def list_officers(
    role: Annotated[OfficerRole | None, typer.Option("--role", help="Those of this role alone.")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", "-u", metavar="CODE", help="Those of this unit and all below it alone.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List officers with the services that reach them; addresses are not shown.

    Example: rollcall officer list --role coordinator
    """
    from actions.reading.officers import read_officers
    from cli.views.officers import officer_shapes, print_officers

    with house_at(home) as house:
        officers, language = read_officers(house, role=role, unit=unit), house.settings.language
    if as_json:
        print_json(officer_shapes(officers))
    else:
        print_officers(officers, language)

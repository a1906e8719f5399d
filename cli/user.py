"""Users: who may log in to the pages, and as what."""

import sys
from typing import Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, By, Home
from cli.printing import in_words, print_json, tell
from cli.values import words
from config.said import Said
from config.vocabulary import Language, UserRole, UserStatus
from rules.words import LONGEST_ACTOR

LONGEST_NAME = 200
LONGEST_SUBJECT = 255

app = typer.Typer(help="Add and list the people who may log in to the pages, and give and take their access.")

Login = Annotated[
    str, typer.Argument(metavar="LOGIN", parser=words(LONGEST_ACTOR), help="What the user types to log in.")
]
Name = Annotated[str, typer.Option("--name", metavar="NAME", parser=words(LONGEST_NAME), help="The user's name.")]
Role = Annotated[UserRole, typer.Option("--role", help="What the user may do.")]
Unit = Annotated[
    str | None,
    typer.Option("--unit", "-u", metavar="CODE", help="The unit that the role holds in; everywhere without it."),
]
Officer = Annotated[
    str | None,
    typer.Option("--officer", metavar="CODE", help="The officer that a user of that role is."),
]
Tongue = Annotated[Language | None, typer.Option("--language", help="The language of the pages.")]
Subject = Annotated[
    str | None,
    typer.Option(
        "--subject",
        metavar="NAME",
        parser=words(LONGEST_SUBJECT),
        help="Log in by single sign-on alone, where the provider calls the user so.",
    ),
]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password and print it, this once.")]


@app.command()
def add(
    login: Login,
    name: Name,
    role: Role,
    unit: Unit = None,
    officer: Officer = None,
    language: Tongue = None,
    subject: Subject = None,
    generate: Generate = False,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Add a user. The password is asked for, or read from standard input where that is no terminal.

    Example: rollcall user add li-si --name 李四 --role coordinator --generate
    """
    from actions.add_user import NewUser, add_user

    password = None if subject else _password(generate)
    new = NewUser(login, name, role, password, unit, officer, subject, language)
    with house_at(home) as house:
        added = add_user(house, new, actor=actor(by), now=instant(at))
    tell(Said("user {login} added", login=added))
    _print_generated(password, generate)


@app.command(name="list")
def list_users(home: Home = None, as_json: AsJson = False) -> None:
    """List users with what they may do, and where.

    Example: rollcall user list
    """
    from actions.reading.users import read_users
    from cli.views.users import print_users, user_shapes

    with house_at(home) as house:
        users, language = read_users(house), house.settings.language
    if as_json:
        print_json(user_shapes(users))
    else:
        print_users(users, language)


@app.command(name="password")
def set_password(login: Login, generate: Generate = False, home: Home = None, at: At = None, by: By = None) -> None:
    """Give a user another password, and log them out everywhere. It is asked for as in `user add`.

    Example: rollcall user password li-si --generate
    """
    from actions.set_password import set_password as give

    password = _password(generate)
    with house_at(home) as house:
        give(house, login, password, actor=actor(by), now=instant(at))
    tell(Said("user {login}: has another password, and was logged out everywhere", login=login))
    _print_generated(password, generate)


@app.command()
def disable(login: Login, home: Home = None, at: At = None, by: By = None) -> None:
    """Let a user log in no more, end their logins and revoke their tokens.

    Example: rollcall user disable li-si
    """
    from actions.switch_user import switch_user

    with house_at(home) as house:
        changed = switch_user(house, login, UserStatus.DISABLED, actor=actor(by), now=instant(at))
    told = Said("disabled") if changed else Said("was disabled already")
    tell(Said("user {login}: {told}", login=login, told=told))


@app.command()
def enable(login: Login, home: Home = None, at: At = None, by: By = None) -> None:
    """Let a user log in again.

    Example: rollcall user enable li-si
    """
    from actions.switch_user import switch_user

    with house_at(home) as house:
        changed = switch_user(house, login, UserStatus.ACTIVE, actor=actor(by), now=instant(at))
    told = Said("may log in") if changed else Said("may log in already")
    tell(Said("user {login}: {told}", login=login, told=told))


def _password(generate: bool) -> str:
    """Make a password, ask for one, or read the first line of standard input; never from an option."""
    if generate:
        from actions.access.passwords import make_password

        return make_password()
    if sys.stdin.isatty():
        again = in_words(Said("The same once more"))
        return str(typer.prompt(in_words(Said("Password")), hide_input=True, confirmation_prompt=again))
    try:
        password = sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise typer.BadParameter("the password on standard input is not UTF-8") from None
    if not password:
        raise typer.BadParameter("no password on standard input; write one there, or say --generate")
    return password


def _print_generated(password: str | None, generate: bool) -> None:
    if generate and password:
        tell(Said("password: {password}", password=password))

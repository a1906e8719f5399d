"""Users: who may log in, and as what."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Response

from actions.access.passwords import make_password
from actions.add_user import NewUser, add_user, check_login
from actions.change_user import Position, change_user
from actions.reading.users import read_user, read_users
from actions.set_password import set_password
from actions.switch_user import switch_user
from config.errors import Refusal, Unknown
from config.one_line import check_name
from config.vocabulary import Language, Permission, UserRole, UserStatus
from models.user import LONGEST_NAME, LONGEST_SUBJECT
from web.answers import SEEN
from web.context import Here
from web.fields import Beside, Fields
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, User, caller_of
from web.inputs import LONGEST_CODE
from web.rendering import page
from web.told import and_tell
from web.typed import NOTHING, Typed, refused

router = APIRouter()

NEW, POSITION, STATUS = "new", "position", "status"
"""The forms of these pages."""


@router.get("/users")
def show_users(here: User) -> Response:
    """List the users, and offer to add one."""
    caller_of(here, Permission.KEEP_USERS)
    return _list(here)


@router.post("/users")
def take_user(here: FormVisitor, sent: Sent) -> Response:
    """Add a user: one of single sign-on where a subject is named, else with a password that is shown this once."""
    caller = caller_of(here, Permission.KEEP_USERS)
    fields = Fields(sent)
    login, subject = fields.read("login", check_login, needed=True), fields.read("subject", _read_subject)
    position, language = _read_position(fields), fields.word("language", Language)
    if login and position and not fields.faults:
        password = None if subject else make_password()
        new = NewUser(login, position.name, position.role, password, position.unit, position.officer, subject, language)
        with fields.beside(), _place_of(fields, position):
            added = add_user(here.house, new, actor=caller.actor, now=here.now)
            return _show_password(here, added, password) if password else and_tell(_address(added), "user-added")
    return _list(here, fields.back(NEW, here.language))


@router.get("/users/{login}")
def show_user(here: User, login: str) -> Response:
    """Show a user, and what may be changed."""
    caller_of(here, Permission.KEEP_USERS)
    return _one(here, login)


@router.post("/users/{login}")
def take_position(here: FormVisitor, sent: Sent, login: str) -> Response:
    """Give a user another name, role or scope."""
    caller = caller_of(here, Permission.KEEP_USERS)
    fields = Fields(sent)
    position = _read_position(fields)
    if position and not fields.faults:
        with fields.beside(), _place_of(fields, position):
            change_user(here.house, login, position, actor=caller.actor, now=here.now, seen=sent.fields.get(SEEN))
            return and_tell(_address(login), "saved")
    return _one(here, login, fields.back(POSITION, here.language))


@router.post("/users/{login}/status")
def take_status(here: FormUser, login: str, status: Annotated[UserStatus, Form()]) -> Response:
    """Disable or enable a user."""
    caller = caller_of(here, Permission.KEEP_USERS)
    try:
        switch_user(here.house, login, status, actor=caller.actor, now=here.now)
    except Refusal as refusal:
        return _one(here, login, refused(here, refusal, STATUS))
    return and_tell(_address(login), "enabled" if status is UserStatus.ACTIVE else "disabled")


@router.post("/users/{login}/password")
def take_new_password(here: FormUser, login: str) -> Response:
    """Give a user a new password, and show it this once."""
    caller = caller_of(here, Permission.KEEP_USERS)
    password = make_password()
    set_password(here.house, login, password, actor=caller.actor, now=here.now)
    return _show_password(here, login, password)


def _read_position(fields: Fields) -> Position | None:
    """Read what a user is called and does; what is wrong with it is among the faults of the fields."""
    name = fields.read("name", _read_name, needed=True)
    role = fields.word("role", UserRole, needed=True)
    unit, officer = fields.words("unit", LONGEST_NAME), fields.words("officer", LONGEST_CODE)
    return Position(name, role, unit, officer) if name and role else None


def _place_of(fields: Fields, position: Position) -> Beside:
    """Say beside the officer or the unit, whichever was named, that it is unknown."""
    return fields.beside("officer" if position.officer else "unit", only=Unknown)


def _read_name(text: str) -> str:
    return check_name(text, LONGEST_NAME)


def _read_subject(text: str) -> str:
    return check_name(text, LONGEST_SUBJECT)


def _list(here: Here, typed: Typed = NOTHING) -> Response:
    users = read_users(here.house)
    return page(here, "users.html", status=typed.status, users=users, typed=typed, roles=tuple(UserRole))


def _one(here: Here, login: str, typed: Typed = NOTHING) -> Response:
    """Write the page of a user; a form that was refused shows what was typed. Raises Unknown for none."""
    user = read_user(here.house, login)
    return page(here, "user.html", status=typed.status, user=user, typed=typed, roles=tuple(UserRole))


def _show_password(here: Here, login: str, password: str) -> Response:
    return page(here, "user_password.html", login=login, password=password)


def _address(login: str) -> str:
    return f"/users/{quote(login, safe='')}"

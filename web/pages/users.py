"""Users: who may log in, and as what."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Response

from actions.access.passwords import make_password
from actions.add_user import NewUser, add_user
from actions.change_user import Position, change_user
from actions.reading.users import read_user, read_users
from actions.set_password import set_password
from actions.switch_user import switch_user
from config.errors import Refusal
from config.vocabulary import Permission, UserRole, UserStatus
from web.context import Here
from web.identity.doors import FormUser, User, caller_of
from web.refusals import status_of
from web.rendering import page
from web.told import and_tell
from web.translation import language_of, say_refusal

router = APIRouter()

Text = Annotated[str, Form()]

NOBODY = NewUser("", "", UserRole.VIEWER)
"""What stands in the form before anything is typed."""


@router.get("/users")
def show_users(here: User) -> Response:
    """List the users, and offer to add one."""
    caller_of(here, Permission.KEEP_USERS)
    return _list(here)


@router.post("/users")
def take_user(
    here: FormUser,
    role: Annotated[UserRole, Form()],
    login: Text = "",
    name: Text = "",
    unit: Text = "",
    officer: Text = "",
    subject: Text = "",
    language: Text = "",
) -> Response:
    """Add a user: one of single sign-on where a subject is named, else with a password that is shown this once."""
    caller = caller_of(here, Permission.KEEP_USERS)
    password = None if subject.strip() else make_password()
    new = NewUser(
        login=login,
        name=name,
        role=role,
        password=password,
        unit=unit.strip() or None,
        officer=officer.strip() or None,
        subject=subject.strip() or None,
        language=language_of(language),
    )
    try:
        added = add_user(here.house, new, actor=caller.actor, now=here.now)
    except Refusal as refusal:
        return _list(here, status=status_of(refusal), refused=say_refusal(refusal, here.language), typed=new)
    return _show_password(here, added, password) if password else and_tell(_address(added), "user-added")


@router.get("/users/{login}")
def show_user(here: User, login: str) -> Response:
    """Show a user, and what may be changed."""
    caller_of(here, Permission.KEEP_USERS)
    return _one(here, login)


@router.post("/users/{login}")
def take_position(
    here: FormUser,
    login: str,
    role: Annotated[UserRole, Form()],
    name: Text = "",
    unit: Text = "",
    officer: Text = "",
) -> Response:
    """Give a user another name, role or scope."""
    caller = caller_of(here, Permission.KEEP_USERS)
    position = Position(name, role, unit.strip() or None, officer.strip() or None)
    try:
        change_user(here.house, login, position, actor=caller.actor, now=here.now)
    except Refusal as refusal:
        return _one(here, login, refusal, position)
    return and_tell(_address(login), "saved")


@router.post("/users/{login}/status")
def take_status(here: FormUser, login: str, status: Annotated[UserStatus, Form()]) -> Response:
    """Disable or enable a user."""
    caller = caller_of(here, Permission.KEEP_USERS)
    try:
        switch_user(here.house, login, status, actor=caller.actor, now=here.now)
    except Refusal as refusal:
        return _one(here, login, refusal)
    return and_tell(_address(login), "enabled" if status is UserStatus.ACTIVE else "disabled")


@router.post("/users/{login}/password")
def take_new_password(here: FormUser, login: str) -> Response:
    """Give a user a new password, and show it this once."""
    caller = caller_of(here, Permission.KEEP_USERS)
    password = make_password()
    set_password(here.house, login, password, actor=caller.actor, now=here.now)
    return _show_password(here, login, password)


def _list(here: Here, *, status: HTTPStatus = HTTPStatus.OK, refused: str = "", typed: NewUser = NOBODY) -> Response:
    users = read_users(here.house)
    return page(here, "users.html", status=status, users=users, refused=refused, typed=typed, roles=tuple(UserRole))


def _one(here: Here, login: str, refusal: Refusal | None = None, typed: Position | None = None) -> Response:
    """Write the page of a user; a form that was refused shows what was typed. Raises Unknown for none."""
    user = read_user(here.house, login)
    return page(
        here,
        "user.html",
        status=status_of(refusal) if refusal else HTTPStatus.OK,
        user=user,
        refused=say_refusal(refusal, here.language) if refusal else "",
        typed=typed or Position(user.name, user.role, user.unit, user.officer),
        roles=tuple(UserRole),
    )


def _show_password(here: Here, login: str, password: str) -> Response:
    return page(here, "user_password.html", login=login, password=password)


def _address(login: str) -> str:
    return f"/users/{quote(login, safe='')}"

"""An officer's day: the branches that need a call, late first."""

from fastapi import APIRouter, Response

from actions.reading.day import read_day
from config.errors import Refusal
from config.vocabulary import Permission, UserRole
from web.identity.doors import User, caller_of
from web.rendering import page

router = APIRouter()


@router.get("/day")
def show_day(here: User, officer: str | None = None) -> Response:
    """Show whom to call: the own branches, or those of an officer whose branches the caller may see."""
    caller = caller_of(here)
    if officer is None and caller.role is not UserRole.OFFICER:
        raise Refusal("day: say whose, as in /day?officer=CODE; an officer's name leads there")
    may_call = caller.may(Permission.ANSWER)
    day = read_day(here.house, scope=caller.scope, now=here.now, officer=officer, phones=may_call)
    return page(here, "day.html", day=day)

"""Who is let in: programs that show a personal token.

A browser's cookie opens nothing here, so that no page of another site can do anything in a user's name.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from actions.access.caller import Caller
from actions.access.callers import find_by_token
from config.errors import Forbidden
from config.vocabulary import Permission
from web.context import Here
from web.language import choose_language
from web.site import site_of

_BEARER = HTTPBearer(
    scheme_name="token",
    auto_error=False,
    description="A personal token, made on the page of the own account: `Authorization: Bearer rollcall_...`.",
)


class Unauthenticated(Exception):
    """No token was shown, or one that opens nothing (any more)."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        super().__init__()


def anyone(request: Request) -> Here:
    """Begin a request; errors are told in the language that the program asks for."""
    site = site_of(request)
    language = choose_language(request.headers.get("accept-language"), site.house.settings.language)
    return Here(site=site, request=request, now=site.clock(), language=language)


def program(request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Here:
    """Let in whoever shows a token that is good; errors are told in the language of the account, where it has one."""
    if shown is None:
        raise Unauthenticated(shown="authorization" in request.headers)
    here = anyone(request)
    caller = find_by_token(here.house, shown.credentials, now=here.now)
    if caller is None:
        raise Unauthenticated(shown=True)
    here = replace(here, caller=caller, language=caller.language or here.language)
    request.state.here = here
    request.state.actor = caller.actor  # for the log
    return here


Program = Annotated[Here, Depends(program)]


def allowed(permission: Permission) -> Callable[[Here], Here]:
    """Make a dependency that lets in programs with a permission."""

    def check(here: Program) -> Here:
        if not caller_of(here).may(permission):
            raise Forbidden("{permission}: more than this token and its user may do", permission=permission)
        return here

    return check


Reader = Annotated[Here, Depends(allowed(Permission.VIEW))]
"""An operation that reads."""


def caller_of(here: Here) -> Caller:
    """Return the caller of an operation that only programs with a token reach."""
    if here.caller is None:
        raise Unauthenticated(shown=False)
    return here.caller

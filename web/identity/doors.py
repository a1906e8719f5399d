"""Who is let in where: pages for users, and what their forms have to bring."""

from typing import Annotated

from fastapi import Depends, Form

from actions.access.caller import Caller
from config.errors import Forbidden
from config.vocabulary import Permission
from web.context import AnyOne, Here
from web.forms import Sent
from web.identity.csrf import FIELD, is_from_browser, is_from_us


class LoggedOut(Exception):
    """Nobody is logged in where somebody has to be; the login page takes it from here."""


class OtherLogin(Exception):
    """A form of this browser was made under another login; it is shown before it is sent again."""


def not_from_us() -> Forbidden:
    """Say that a form is none of ours."""
    return Forbidden("this form was not made by a page of yours; open the page again and send it from there")


async def user(here: AnyOne) -> Here:
    """Let in whoever is logged in."""
    if here.caller is None:
        raise LoggedOut
    return here


User = Annotated[Here, Depends(user)]
"""A page for whoever is logged in."""


async def visitor(here: AnyOne) -> Here:
    """Let in whoever is logged in, and under a link whoever opened it; the link's refusal when it is none."""
    if here.refusal is not None:
        raise here.refusal
    return here if here.token else await user(here)


Visitor = Annotated[Here, Depends(visitor)]
"""A page for users, and under a link for its reader."""


async def form_user(here: User, csrf: Annotated[str, Form(alias=FIELD)] = "") -> Here:
    """Let in a form that one of our pages made for this login."""
    if is_from_us(here.site.keys, here.secret or "", csrf):
        return here
    if is_from_browser(here.site.keys, here.browser, csrf):
        raise OtherLogin
    raise not_from_us()


FormUser = Annotated[Here, Depends(form_user)]
"""A form from a page for whoever is logged in."""


async def sender(here: AnyOne) -> Here:
    """Turn away, before anything is read, whoever cannot have a form of ours; raises LoggedOut.

    A browser that was logged in before may have one, and what was typed into it is kept.
    """
    if here.token is None and here.caller is None and here.browser is None:
        raise LoggedOut
    return here


async def form_visitor(asked: Annotated[Here, Depends(sender)], sent: Sent) -> Here:
    """Let in a form of a page for users, or of one under a link, whose token is the proof.

    It is read first, so that what was typed is there when nobody is let in.
    """
    here = await visitor(asked)
    return here if here.token else await form_user(here, sent.text(FIELD))


FormVisitor = Annotated[Here, Depends(form_visitor)]
"""A form from a page for users, and under a link one of its reader."""


def caller_of(here: Here, permission: Permission = Permission.VIEW) -> Caller:
    """Return the caller of a page that only users reach; Forbidden when they may not do what is asked."""
    if here.caller is None:
        raise LoggedOut
    here.caller.require(permission)
    return here.caller

"""Personal tokens, on the page of the account."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Path, Response

from actions.add_token import NewToken, add_token
from actions.revoke_token import revoke_token
from config.errors import Refusal
from config.vocabulary import TokenScope
from web.identity.doors import FormUser, caller_of
from web.pages.account import ACCOUNT, account_page, refused_page
from web.told import and_tell

router = APIRouter()


@router.post("/account/tokens")
def take_token(
    here: FormUser,
    scopes: Annotated[list[TokenScope], Form(default_factory=list)],
    token: Annotated[str, Form()] = "",
    days: Annotated[int, Form(ge=1, le=366)] = 90,
) -> Response:
    """Add a token, and show its secret this once."""
    try:
        new = NewToken(token, frozenset(scopes), timedelta(days=days))
        secret = add_token(here.house, caller_of(here).actor, new, now=here.now)
    except Refusal as refusal:
        return refused_page(here, refusal, "tokens", token=token)
    return account_page(here, at="tokens", made=secret)


@router.post("/account/tokens/{number}/revoke")
def take_revocation(here: FormUser, number: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Response:
    """Take a token away."""
    revoke_token(here.house, caller_of(here).actor, number, now=here.now)
    return and_tell(ACCOUNT, "revoked")

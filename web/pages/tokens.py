"""Personal tokens, on the page of the account."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Response

from actions.add_token import LONGEST_NAME, NewToken, add_token
from actions.revoke_token import revoke_token
from config.errors import Refusal
from config.one_line import check_name
from config.vocabulary import TokenScope
from web.fields import Fields
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, caller_of
from web.labels import SCOPE
from web.pages.account import ACCOUNT, GOOD_FOR, TOKENS, account_page
from web.told import and_tell

router = APIRouter()


@router.post("/account/tokens")
def take_token(here: FormVisitor, sent: Sent) -> Response:
    """Add a token, and show its secret this once."""
    login, fields = caller_of(here).actor, Fields(sent)
    name = fields.read("token", lambda text: check_name(text, LONGEST_NAME), needed=True)
    scopes = frozenset(scope for scope in TokenScope if fields.is_ticked(f"{SCOPE}{scope}"))
    if not scopes:
        fields.faults["scopes"] = Refusal("choose at least one thing that it may do")
    days = fields.one_of("days", GOOD_FOR) or GOOD_FOR[0]
    if name and not fields.faults:
        with fields.beside():
            new = NewToken(name, scopes, timedelta(days=int(days)))
            return account_page(here, made=add_token(here.house, login, new, now=here.now))
    return account_page(here, fields.back(TOKENS, here.language))


@router.post("/account/tokens/{number}/revoke")
def take_revocation(here: FormUser, number: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Response:
    """Take a token away."""
    revoke_token(here.house, caller_of(here).actor, number, now=here.now)
    return and_tell(ACCOUNT, "revoked")

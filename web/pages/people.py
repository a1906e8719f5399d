"""Officers: whom Rollcall writes to, who is away, who takes over."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.add_officer import NewOfficer, add_officer
from actions.reading.officers import OfficerState
from actions.reading.pages import Page
from actions.reading.people import OfficerFilter, read_officer_page
from actions.reading.places import read_units
from config.errors import Refusal
from config.registry.cells import read_needed_code
from config.vocabulary import Language, OfficerRole, Permission
from web.context import Here
from web.identity.doors import FormUser, User, caller_of
from web.inputs import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_URL,
    FieldFault,
    Refused,
    Text,
    done,
    refused,
    word,
    word_or_none,
    words,
    words_or_none,
)
from web.pages.officer import address_of
from web.paging import ROWS, pager_of
from web.rendering import page

router = APIRouter()

HERE = "/people"
Code = Annotated[str, Query(max_length=LONGEST_CODE)]


@router.get(HERE)
def show_people(here: User, said: str = "", role: str = "", after: Code = "") -> Response:
    """List the officers inside the caller's scope, first those whom no channel reaches."""
    typed = {"said": said, "role": role}
    try:
        wanted = OfficerFilter(words_or_none("said", said, LONGEST_NAME), word_or_none("role", role, OfficerRole))
    except Refusal as refusal:
        return _show(here, OfficerFilter(), typed, trouble={"filter": refused(here, refusal)})
    return _show(here, wanted, typed, after=after)


@router.post(HERE)
def take_officer(
    here: FormUser,
    code: Text = "",
    name: Text = "",
    role: Text = "",
    unit: Text = "",
    phone: Text = "",
    url: Text = "",
    language: Text = "",
) -> Response:
    """Add an officer; of an address that cannot be used nothing is shown again."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    try:
        new = NewOfficer(
            code=_code(code),
            name=words("name", name, LONGEST_NAME),
            role=word("role", role, OfficerRole),
            unit=words_or_none("unit", unit, LONGEST_NAME),
            channel=words_or_none("url", url, LONGEST_URL),
            phone=words_or_none("phone", phone, LONGEST_PHONE),
            language=word_or_none("language", language, Language),
        )
        add_officer(here.house, new, actor=caller.actor, now=here.now, scope=caller.scope)
    except Refusal as refusal:
        typed = {"code": code, "name": name, "new_role": role, "unit": unit, "phone": phone, "language": language}
        return _show(here, OfficerFilter(), typed, trouble={"new": refused(here, refusal)})
    return done(address_of(new.code), "added")


def _code(text: str) -> str:
    said = words("code", text, LONGEST_CODE)
    try:
        return read_needed_code(said)
    except ValueError:
        wrong = Refusal("has to be of letters, digits, - _ and . and begin with a letter or a digit")
        raise FieldFault("code", wrong) from None


def _show(
    here: Here,
    wanted: OfficerFilter,
    typed: Mapping[str, str],
    *,
    after: str = "",
    trouble: Mapping[str, Refused] | None = None,
) -> Response:
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    found: Page[OfficerState] = read_officer_page(
        here.house, wanted, now=here.now, limit=ROWS, after=after or None, scope=caller.scope
    )
    wrong = next(iter((trouble or {}).values()), None)
    return page(
        here,
        "people.html",
        status=wrong.status if wrong else 200,
        officers=found.rows,
        pager=pager_of(here, found),
        typed=typed,
        refused=trouble or {},
        roles=tuple(OfficerRole),
        units=read_units(here.house, caller.scope),
    )

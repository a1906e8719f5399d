"""Officers: whom Rollcall writes to, who is away, who takes over."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.add_officer import NewOfficer, add_officer
from actions.reading.officers import OfficerState
from actions.reading.pages import Page
from actions.reading.people import OfficerFilter, read_officer_page
from actions.reading.places import read_units
from config.errors import Unknown
from config.vocabulary import Language, OfficerRole, Permission
from web.context import Here
from web.fields import Fields
from web.forms import Sent, SentForm
from web.identity.doors import FormVisitor, User, caller_of
from web.inputs import LONGEST_CODE, LONGEST_NAME, LONGEST_PHONE, LONGEST_URL, done, read_code
from web.pages.officer import address_of
from web.paging import ROWS, pager_of
from web.rendering import page
from web.typed import Typed

router = APIRouter()

HERE = "/people"
Code = Annotated[str, Query(max_length=LONGEST_CODE)]


@router.get(HERE)
def show_people(here: User, said: str = "", role: str = "", after: Code = "") -> Response:
    """List the officers inside the caller's scope, first those whom no channel reaches."""
    fields = Fields(SentForm({"said": said, "role": role}))
    wanted = OfficerFilter(fields.words("said", LONGEST_NAME), fields.word("role", OfficerRole))
    return _show(here, OfficerFilter() if fields.faults else wanted, fields.back("filter", here.language), after=after)


@router.post(HERE)
def take_officer(here: FormVisitor, sent: Sent) -> Response:
    """Add an officer; of an address that cannot be used nothing is shown again."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    fields = Fields(sent)
    code, name = fields.read("code", read_code, needed=True), fields.words("name", LONGEST_NAME, needed=True)
    role, unit = fields.word("role", OfficerRole, needed=True), fields.words("unit", LONGEST_NAME)
    url, phone = fields.words("url", LONGEST_URL), fields.words("phone", LONGEST_PHONE)
    language = fields.word("language", Language)
    if code and name and role and not fields.faults:
        new = NewOfficer(code, name, role, unit=unit, channel=url, phone=phone, language=language)
        with fields.beside(), fields.beside("unit", only=Unknown):
            add_officer(here.house, new, actor=caller.actor, now=here.now, scope=caller.scope)
            return done(address_of(code), "added")
    return _show(here, OfficerFilter(), fields.back("new", here.language))


def _show(
    here: Here,
    wanted: OfficerFilter,
    typed: Typed,
    *,
    after: str = "",
) -> Response:
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    found: Page[OfficerState] = read_officer_page(
        here.house, wanted, now=here.now, limit=ROWS, after=after or None, scope=caller.scope
    )
    return page(
        here,
        "people.html",
        status=typed.status,
        officers=found.rows,
        pager=pager_of(here, found),
        typed=typed,
        roles=tuple(OfficerRole),
        units=read_units(here.house, caller.scope),
    )

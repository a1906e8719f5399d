"""A ledger: its entries, and the forms that write, correct and strike them."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Response

from actions.amend import amend, struck
from actions.enter import enter
from actions.log_visit import DoneOnVisit, FoundOnVisit, log_visit
from actions.reading.campaigns import read_definition
from actions.reading.ledgers import EntryFilter, read_entry, read_ledger
from actions.strike import strike
from config.ledgers.all import LEDGERS
from config.ledgers.columns import ColumnKind, columns_of
from config.ledgers.entry import BranchEntry, Entry
from config.ledgers.visit import VisitEntry
from config.ledgers.writing import make_entry
from config.vocabulary import LedgerCode
from rules.words import LONGEST_ACTOR, LONGEST_REASON, LONGEST_TITLE
from web.addresses import ENTRY, LEDGER, entry_address, ledger_address
from web.answers import SEEN
from web.context import Here
from web.fields import Fields
from web.forms import Sent, SentForm
from web.identity.doors import FormVisitor, User, caller_of
from web.inputs import not_in_list
from web.once import once
from web.paging import ROWS, pager_of
from web.rendering import page
from web.told import and_tell
from web.typed import NOTHING, Typed

router = APIRouter()

FILTER, WRITE, STRIKE = "filter", "write", "strike"
"""The forms of these pages."""
PROBLEM, CATEGORY, TASK = "problem", "category", "task"
"""What a visit may bring, beside its columns."""

Asked = Annotated[str, Query(max_length=40)]


@router.get(LEDGER)
def show_ledger(
    here: User,
    campaign: str,
    ledger: LedgerCode,
    unit: Asked = "",
    branch: Asked = "",
    since: Asked = "",
    until: Asked = "",
    struck: bool = False,
    after: int | None = None,
) -> Response:
    """List the entries inside the caller's scope, with a form for another one."""
    fields = Fields(SentForm({"unit": unit, "branch": branch, "since": since, "until": until}))
    asked = EntryFilter(unit.strip() or None, branch.strip() or None, fields.day("since"), fields.day("until"), struck)
    if not fields.faults:
        with fields.beside():
            return _list(here, campaign, ledger, asked, after=after, filters=fields.back(FILTER, here.language))
    return _list(here, campaign, ledger, EntryFilter(), filters=fields.back(FILTER, here.language))


@router.post(LEDGER)
def take_entry(here: FormVisitor, sent: Sent, campaign: str, ledger: LedgerCode) -> Response:
    """Write an entry; a visit brings the problem that came up and completes the task that it was made for."""
    caller_of(here, LEDGERS[ledger].permission)
    fields = Fields(sent)
    entry = _read(fields, ledger, sent)
    title, category = fields.words(PROBLEM, LONGEST_TITLE), fields.words(CATEGORY, LONGEST_ACTOR)
    task = fields.words(TASK, LONGEST_ACTOR)
    if entry and not fields.faults:
        found, done = FoundOnVisit(title, category) if title else None, DoneOnVisit(task) if task else None
        with fields.beside():
            written = once(
                here, sent, lambda: entry_address(campaign, ledger, _write(here, campaign, entry, found, done))
            )
            return and_tell(written, "entered")
    return _list(here, campaign, ledger, EntryFilter(), typed=fields.back(WRITE, here.language))


@router.get(ENTRY)
def show_entry(here: User, campaign: str, ledger: LedgerCode, number: int) -> Response:
    """Show an entry, with the forms that correct and strike it."""
    return _entry(here, campaign, ledger, number)


@router.post(ENTRY)
def take_correction(here: FormVisitor, sent: Sent, campaign: str, ledger: LedgerCode, number: int) -> Response:
    """Correct an entry, with a reason."""
    caller = caller_of(here, LEDGERS[ledger].permission)
    read_entry(here.house, campaign, ledger, number, scope=caller.scope)
    fields = Fields(sent)
    entry, reason = _read(fields, ledger, sent), fields.words("reason", LONGEST_REASON, needed=True)
    if entry and reason and not fields.faults:
        with fields.beside():
            amend(
                here.house,
                campaign,
                number,
                entry,
                reason=reason,
                actor=caller.actor,
                now=here.now,
                scope=caller.scope,
                seen=sent.fields.get(SEEN),
            )
            return and_tell(entry_address(campaign, ledger, number), "corrected")
    return _again(here, campaign, ledger, number, fields.back(WRITE, here.language))


@router.post(ENTRY + "/strike")
def take_strike(here: FormVisitor, sent: Sent, campaign: str, ledger: LedgerCode, number: int) -> Response:
    """Strike an entry, with a reason."""
    caller = caller_of(here, LEDGERS[ledger].permission)
    read_entry(here.house, campaign, ledger, number, scope=caller.scope)
    fields = Fields(sent)
    reason = fields.words("reason", LONGEST_REASON, needed=True)
    if reason is None:
        return _again(here, campaign, ledger, number, fields.back(STRIKE, here.language))
    strike(here.house, campaign, ledger, number, reason=reason, actor=caller.actor, now=here.now, scope=caller.scope)
    return and_tell(ledger_address(campaign, ledger), "struck")


def _write(here: Here, campaign: str, entry: Entry, found: FoundOnVisit | None, done: DoneOnVisit | None) -> int:
    caller = caller_of(here)
    if not isinstance(entry, VisitEntry):
        (number,) = enter(here.house, campaign, [entry], actor=caller.actor, now=here.now, scope=caller.scope)
        return number
    logged = log_visit(
        here.house,
        campaign,
        entry,
        found=found,
        done=done,
        actor=caller.actor,
        now=here.now,
        scope=caller.scope,
    )
    return logged.visit


def _read(fields: Fields, ledger: LedgerCode, sent: SentForm) -> Entry | None:
    """Read the columns of an entry; what is wrong with them is among the faults of the fields.

    Words of a list are chosen on a page, not typed: nobody is told their codes.
    """
    with fields.beside():
        return make_entry(LEDGERS[ledger], _said(ledger, sent))
    lists = {column.code for column in columns_of(LEDGERS[ledger]) if column.kind is ColumnKind.CHOICE}
    fields.faults |= {code: not_in_list() for code in lists & fields.faults.keys()}
    return None


def _said(ledger: LedgerCode, sent: SentForm) -> Mapping[str, str]:
    """Take out of a form what stands in the columns; a box that is not ticked sends nothing."""
    columns = {column.code for column in columns_of(LEDGERS[ledger])}
    return {name: text.replace("\r\n", "\n") for name, text in sent.fields.items() if name in columns}


def _list(
    here: Here,
    campaign: str,
    ledger: LedgerCode,
    asked: EntryFilter,
    *,
    after: int | None = None,
    filters: Typed = NOTHING,
    typed: Typed = NOTHING,
) -> Response:
    caller = caller_of(here)
    found = read_ledger(here.house, campaign, ledger, asked, limit=ROWS, before=after, scope=caller.scope)
    return page(
        here,
        "ledger.html",
        status=typed.status if typed.wrong else filters.status,
        title=read_definition(here.house, campaign).title,
        entries=found.rows,
        pager=pager_of(here, found),
        filters=filters,
        asked=asked,
        is_of_branches=issubclass(LEDGERS[ledger], BranchEntry),
        is_visit=ledger is LedgerCode.VISITS,
        **_common(here, campaign, LEDGERS[ledger], typed),
    )


def _entry(here: Here, campaign: str, ledger: LedgerCode, number: int, typed: Typed = NOTHING) -> Response:
    caller = caller_of(here)
    state = read_entry(here.house, campaign, ledger, number, scope=caller.scope)
    return page(
        here,
        "entry.html",
        status=typed.status,
        title=read_definition(here.house, campaign).title,
        state=state,
        **_common(here, campaign, LEDGERS[ledger], typed),
    )


def _again(here: Here, campaign: str, ledger: LedgerCode, number: int, typed: Typed) -> Response:
    """Show a form of an entry again; raises Stale where it was struck and has none any more."""
    if read_entry(here.house, campaign, ledger, number, scope=caller_of(here).scope).is_struck:
        raise struck(ledger, number)
    return _entry(here, campaign, ledger, number, typed)


def _common(here: Here, campaign: str, entry: type[Entry], typed: Typed) -> dict[str, object]:
    return {
        "campaign": campaign,
        "ledger": entry,
        "columns": columns_of(entry),
        "may_write": caller_of(here).may(entry.permission),
        "typed": typed,
    }

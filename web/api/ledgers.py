"""Ledgers: entries listed, written, corrected and struck."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from actions.access.caller import Caller
from actions.amend import amend
from actions.enter import enter
from actions.log_visit import DoneOnVisit, FoundOnVisit, log_visit
from actions.reading.ledgers import EntryFilter, read_entry, read_ledger
from actions.strike import strike
from config.errors import Forbidden
from config.ledgers.all import LEDGERS
from config.ledgers.visit import VisitEntry
from config.ledgers.writing import make_entry
from config.vocabulary import LedgerCode
from web.api.callers import Reader, caller_of
from web.api.campaigns import Campaign
from web.api.faults import figures_within
from web.api.outcomes import ADDS, CHANGES, READS_MANY, READS_ONE
from web.api.shapes.ledgers import (
    CorrectionShape,
    EntryPage,
    EntryQuery,
    EntryShape,
    LedgerShape,
    LedgersShape,
    StrikingShape,
    WrittenShape,
)
from web.api.shapes.shape import Number
from web.api.shapes.visits import VisitShape
from web.api.tags import IfNoneMatch, check_match, one, tag_of
from web.api.work import Answerer
from web.api.writing import Named, carry_out
from web.context import Here

router = APIRouter(tags=["ledgers"])

IN_CAMPAIGN = "/campaigns/{campaign}"
ENTRIES = IN_CAMPAIGN + "/ledgers/{ledger}"

Ledger = Annotated[LedgerCode, Path(description="What the ledger is called by.", examples=["visits"])]
EntryNumber = Annotated[Number, Path(description="The number of the entry in its ledger.", examples=[12])]


@router.get("/ledgers", response_model=LedgersShape, responses=READS_MANY)
def list_ledgers(here: Reader) -> LedgersShape:  # noqa: ARG001 - a token is asked for all the same
    """List the ledgers with their columns: what an entry of each says, and within which limits."""
    return LedgersShape(items=tuple(map(LedgerShape.of, LEDGERS.values())))


@router.get(ENTRIES, response_model=EntryPage, responses=READS_MANY)
def list_entries(here: Reader, campaign: Campaign, ledger: Ledger, query: Annotated[EntryQuery, Query()]) -> EntryPage:
    """List the entries of a ledger, the latest written first."""
    asked, scope = EntryFilter(**query.conditions), caller_of(here).scope
    page = read_ledger(here.house, campaign, ledger, asked, limit=query.limit, before=query.after, scope=scope)
    return EntryPage.of(page, EntryShape.of)


@router.get(ENTRIES + "/{number}", response_model=EntryShape, responses=READS_ONE)
def show_entry(
    here: Reader, campaign: Campaign, ledger: Ledger, number: EntryNumber, known: IfNoneMatch = None
) -> Response:
    """Read one entry."""
    return one(_now(here, campaign, ledger, number), known)


@router.post(ENTRIES, response_model=EntryShape, responses=ADDS, status_code=HTTPStatus.CREATED)
def write_entry(here: Answerer, campaign: Campaign, ledger: Ledger, written: WrittenShape, named: Named) -> Response:
    """Write an entry into a ledger."""

    def act() -> EntryShape:
        caller = _writer(here, ledger)
        entry = make_entry(LEDGERS[ledger], written.entry)
        (number,) = enter(here.house, campaign, [entry], actor=caller.actor, now=here.now, scope=caller.scope)
        return _now(here, campaign, ledger, number)

    return carry_out(here, written, named, act, status=HTTPStatus.CREATED)


@router.post(IN_CAMPAIGN + "/visits", response_model=EntryShape, responses=ADDS, status_code=HTTPStatus.CREATED)
def write_visit(here: Answerer, campaign: Campaign, visit: VisitShape, named: Named) -> Response:
    """Write a visit, file the problem that was found on it and complete its task, all or nothing."""

    def act() -> EntryShape:
        caller = _writer(here, LedgerCode.VISITS)
        found = FoundOnVisit(**visit.found.model_dump()) if visit.found else None
        done = DoneOnVisit(visit.done.task, visit.done.figures) if visit.done else None
        entry = make_entry(VisitEntry, visit.entry)
        with figures_within("body.done.figures"):
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
        return _now(here, campaign, LedgerCode.VISITS, logged.visit)

    return carry_out(here, visit, named, act, status=HTTPStatus.CREATED)


@router.post(ENTRIES + "/{number}/amend", response_model=EntryShape, responses=CHANGES)
def amend_entry(
    here: Answerer, campaign: Campaign, ledger: Ledger, number: EntryNumber, asked: CorrectionShape, named: Named
) -> Response:
    """Put an entry in the place of another; the audit keeps what stood there."""

    def act() -> EntryShape:
        caller = _writer(here, ledger)
        check_match(named.match, tag_of(_now(here, campaign, ledger, number)))
        entry = make_entry(LEDGERS[ledger], asked.entry)
        amend(
            here.house,
            campaign,
            number,
            entry,
            reason=asked.reason,
            actor=caller.actor,
            now=here.now,
            scope=caller.scope,
        )
        return _now(here, campaign, ledger, number)

    return carry_out(here, asked, named, act)


@router.post(ENTRIES + "/{number}/strike", response_model=EntryShape, responses=CHANGES)
def strike_entry(
    here: Answerer, campaign: Campaign, ledger: Ledger, number: EntryNumber, asked: StrikingShape, named: Named
) -> Response:
    """Strike an entry: it stays on record, and counts nowhere."""

    def act() -> EntryShape:
        caller = _writer(here, ledger)
        check_match(named.match, tag_of(_now(here, campaign, ledger, number)))
        strike(
            here.house,
            campaign,
            ledger,
            number,
            reason=asked.reason,
            actor=caller.actor,
            now=here.now,
            scope=caller.scope,
        )
        return _now(here, campaign, ledger, number)

    return carry_out(here, asked, named, act)


def _writer(here: Here, ledger: LedgerCode) -> Caller:
    """Return who writes; Forbidden for a ledger that takes more than the token and its user may."""
    caller, permission = caller_of(here), LEDGERS[ledger].permission
    if not caller.may(permission):
        raise Forbidden("{permission}: more than this token and its user may do", permission=permission)
    return caller


def _now(here: Here, campaign: str, ledger: LedgerCode, number: int) -> EntryShape:
    return EntryShape.of(read_entry(here.house, campaign, ledger, number, scope=caller_of(here).scope))

"""Read what happened in a unit between two days, for a bulletin; and the issues that came out."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from actions.house import House
from actions.measures.extent import Extent
from actions.reading.ledgers import EntryFilter, read_whole_ledger
from actions.reading.measures import check_scope, figures_of, units_of
from actions.reading.report.exemplars import read_exemplars
from actions.rulebook import open_rulebook
from config.errors import Refusal, Unknown
from config.ledgers.bulletin import BulletinEntry
from config.vocabulary import LedgerCode
from models.branch import Branch
from models.database import snapshot
from models.problem import Problem
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from reports.bulletin import ASKED, Bulletin, Change, Happenings, Named


def read_happenings(
    house: House, campaign: str, unit: str, since: date, until: date, *, scope: Scope = EVERYTHING
) -> Happenings:
    """Read a period, both days included, and the one of the same length before it.

    Raises Unknown for a campaign or unit that is not there, Forbidden to whoever sees branches alone, and Refusal
    for a period that ends before it begins.
    """
    check_scope(scope)
    if since > until:
        raise Refusal("period: {since} is after {until}", since=since, until=until)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        named, units = find_unit(session, unit, scope), units_of(session, unit, scope)
        extent = Extent.of(rulebook, since, until)
        day_before = since - timedelta(days=1)
        before = Extent.of(rulebook, day_before - (until - since), day_before)
        now, then = (figures_of(session, each, ASKED, unit, scope) for each in (extent, before))
        exemplars = read_exemplars(session, extent, units)
        return Happenings(
            unit=named.name,
            since=since,
            until=until,
            changes={
                figure.measure: Change(figure.value, earlier.value, figure.source, earlier.source)
                for figure, earlier in zip(now, then, strict=True)
            },
            exemplars=tuple(Named(row.name, row.branch) for row in exemplars.rows),
            solved=_solved(session, extent, units),
        )


def read_issue(house: House, campaign: str, unit: str, issue: int, *, scope: Scope = EVERYTHING) -> Bulletin:
    """Read an issue of a unit that came out, as it stands in the ledger; Unknown where there is none."""
    with snapshot(house.engine) as session:
        definition = open_rulebook(session, house, campaign).definition
        named = find_unit(session, unit, scope)
    for state in read_whole_ledger(house, campaign, LedgerCode.BULLETINS, EntryFilter(unit=named.code), scope=scope):
        entry = state.entry
        if isinstance(entry, BulletinEntry) and state.unit == named.code and entry.issue == issue:
            return Bulletin(
                campaign=definition.title,
                note=definition.note,
                unit=named.name,
                issue=issue,
                issuer=entry.issuer,
                day=entry.day,
                since=entry.since,
                until=entry.until,
                headline=entry.headline,
                body=entry.body,
                is_draft=False,
            )
    raise Unknown("unit {unit}: has no issue {issue}", unit=named.code, issue=issue)


def _solved(session: Session, extent: Extent, units: Select[Any]) -> tuple[Named, ...]:
    query = (
        select(col(Problem.title), col(Branch.name))
        .join(Branch, col(Branch.id) == col(Problem.branch_id))
        .where(
            col(Problem.campaign_id) == extent.campaign_id,
            col(Problem.unit_id).in_(units),
            extent.instants(Problem.solved_at),
        )
        .order_by(col(Problem.solved_at), col(Problem.number))
    )
    return tuple(Named(title, branch) for title, branch in session.execute(query).tuples())

"""Draft a bulletin from what happened, and let it come out."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from actions.add_problem import lock_ledger
from actions.enter import enter
from actions.house import House
from actions.reading.report.bulletin import read_happenings
from actions.rulebook import Rulebook, open_rulebook
from config.ledgers.bulletin import BulletinEntry
from config.vocabulary import Language
from models.database import joint_transaction, snapshot, transaction
from models.ledgers.bulletin import Bulletin as BulletinRow
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from reports.bulletin import Bulletin, draft_body, headline_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bulletin is wanted: on what happened in a unit from `since` through `until`; a headline is made up."""

    unit: str
    since: date
    until: date
    issuer: str
    headline: str | None = None


def draft_bulletin(
    house: House, campaign: str, wanted: Wanted, language: Language, *, now: datetime, scope: Scope = EVERYTHING
) -> Bulletin:
    """Write an issue without letting it come out: it bears the number that the unit's next one will have.

    Raises what `read_happenings` raises.
    """
    happenings = read_happenings(house, campaign, wanted.unit, wanted.since, wanted.until, scope=scope)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        unit = find_unit(session, wanted.unit, scope)
        return Bulletin(
            campaign=rulebook.definition.title,
            note=rulebook.definition.note,
            unit=unit.name,
            issue=_next_issue(session, rulebook, unit),
            issuer=wanted.issuer,
            day=now.astimezone(rulebook.zone).date(),
            since=wanted.since,
            until=wanted.until,
            headline=wanted.headline or headline_of(happenings, language),
            body=draft_body(happenings, language),
            is_draft=True,
        )


def issue_bulletin(
    house: House,
    campaign: str,
    wanted: Wanted,
    language: Language,
    *,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> int:
    """Enter an issue into the ledger of bulletins, under the unit's next number, which is returned.

    Two at once get two numbers; repeated, it is another issue. Raises what `draft_bulletin` and `enter` raise.
    """
    draft = draft_bulletin(house, campaign, wanted, language, now=now, scope=scope)
    with joint_transaction(house.engine):
        with transaction(house.engine) as session:
            rulebook = open_rulebook(session, house, campaign)
            lock_ledger(session, rulebook)
            unit = find_unit(session, wanted.unit, scope)
            code, issue = unit.code, _next_issue(session, rulebook, unit)
        entry = BulletinEntry(
            unit=code,
            day=draft.day,
            issue=issue,
            issuer=draft.issuer,
            headline=draft.headline,
            since=wanted.since,
            until=wanted.until,
            body=draft.body,
        )
        enter(house, campaign, [entry], actor=actor, now=now, scope=scope)
    return issue


def _next_issue(session: Session, rulebook: Rulebook, unit: Unit) -> int:
    """Count on from the last issue of the unit itself; a number that was struck is not used again."""
    query = select(func.coalesce(func.max(col(BulletinRow.issue)), 0)).where(
        col(BulletinRow.campaign_id) == rulebook.campaign_id, col(BulletinRow.unit_id) == unit.id
    )
    last: int = session.execute(query).scalar_one()
    return last + 1

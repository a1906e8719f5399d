"""Find who asks, by the link in a message that is opened."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from actions.access.caller import Caller
from actions.access.scopes import scope_of_officer
from actions.house import House
from config.errors import Lapsed, Refusal, Unknown
from config.vocabulary import Language
from models.branch import Branch
from models.database import snapshot
from models.officer import Officer
from models.scope import Scope
from notifications.links import LinkClaim, check_expiry, read_link
from rules.permissions import LINK


@dataclass(frozen=True, slots=True)
class LinkReader:
    """Whoever opened a link: a caller while it is good, else the refusal; in the officer's language either way."""

    language: Language
    caller: Caller | None
    refusal: Refusal | None = None


def find_by_link(house: House, token: str, *, now: datetime) -> LinkReader:
    """Read a link as of `now`; Unknown when we never signed it."""
    claim = read_link(house.seal.derive("links"), token)
    with snapshot(house.engine) as session:
        officer = session.exec(select(Officer).where(Officer.code == claim.officer)).one_or_none()
        if officer is None:
            raise Unknown("link: not one of ours, or not all of it; open the one in your latest message")
        try:
            return LinkReader(officer.language, _caller(session, officer, claim, now))
        except Lapsed as lapsed:
            return LinkReader(officer.language, None, lapsed)


def _caller(session: Session, officer: Officer, claim: LinkClaim, now: datetime) -> Caller:
    check_expiry(claim, now, ZoneInfo(officer.timezone))
    if claim.epoch != officer.link_epoch:
        raise Lapsed("link: was revoked; your next message brings a new one")
    scope = scope_of_officer(session, officer, now)
    return Caller(
        actor=f"link:{officer.code}",
        name=officer.name,
        scope=scope if claim.branch is None else _one_branch(session, scope, claim.branch),
        permissions=LINK,
        officer_id=officer.id,
        language=officer.language,
    )


def _one_branch(session: Session, scope: Scope, code: str) -> Scope:
    """Return the scope of one branch; Lapsed when it is no longer the officer's."""
    branch = session.exec(select(Branch.id).where(Branch.code == code, scope.branches)).one_or_none()
    if branch is None:
        raise Lapsed("link: branch {code} has another officer now, who has a link of its own", code=code)
    return Scope(branch=branch)

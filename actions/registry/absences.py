"""Officers who are to be away or back: held against others who change them, and told as the audit tells them."""

from sqlmodel import Session, col, select

from models.officer import Officer
from models.queries import find_officer
from models.scope import EVERYTHING, Scope


def lock_officers(session: Session, *codes: str, scope: Scope = EVERYTHING) -> tuple[Officer, ...]:
    """Read officers so that nobody else changes them: two who name each other are looked at one after the other.

    Unknown for one who is not there, or not inside the scope.
    """
    wanted = [find_officer(session, code, scope).id for code in codes]
    locked = select(Officer).where(col(Officer.id).in_(wanted)).order_by(col(Officer.id)).with_for_update()
    found = {row.id: row for row in session.exec(locked.execution_options(populate_existing=True))}
    return tuple(found[key] for key in wanted)


def absence_facts(session: Session, officer: Officer) -> dict[str, object] | None:
    """Give the absence as the audit record keeps it; None where there is none."""
    if officer.deputy_id is None:
        return None
    deputy = session.exec(select(Officer.code).where(Officer.id == officer.deputy_id)).one()
    return {"deputy": deputy, "from": officer.away_from, "until": officer.away_until}

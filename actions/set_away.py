"""Set an officer away for a time: a deputy is told instead."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from actions.events import event_row, record
from actions.house import House
from actions.registry.absences import absence_facts, lock_officers
from config.errors import Refusal
from config.said import Said
from config.vocabulary import EventKind
from models.database import transaction
from models.officer import Officer
from models.scope import EVERYTHING, Scope
from rules.deadlines import local_day


def set_away(
    house: House,
    officer: str,
    deputy: str,
    first: date,
    last: date | None,
    *,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> bool:
    """Have a deputy told instead of an officer from a day through another, or until the officer is back.

    Days are the officer's own. Takes the place of what was set before; False when that was just this. What
    is planned and not sent for a day away falls, and the next patrol tells the deputy. One level only:
    Refusal when the deputy is away in that time, when the officer is somebody's deputy in it, when both
    are one, for days that are over or in the wrong order, and when one of them is outside the scope.
    """
    with transaction(house.engine) as session:
        absent, standing_in = lock_officers(session, officer, deputy, scope=scope)
        _check_days(absent, first, last, now)
        if absent.id == standing_in.id:
            raise Refusal("officer {officer}: cannot be one's own deputy; name another", officer=officer)
        if _meets(standing_in, first, last):
            raise Refusal(
                "officer {deputy}: is away {days} and cannot stand in; name another deputy",
                deputy=deputy,
                days=_days(standing_in),
            )
        _check_duties(session, absent, first, last)
        was = absence_facts(session, absent)
        if (absent.deputy_id, absent.away_from, absent.away_until) == (standing_in.id, first, last):
            return False
        absent.deputy_id, absent.away_from, absent.away_until = standing_in.id, first, last
        session.add(absent)
        session.flush()
        away = event_row(
            EventKind.OFFICER_AWAY, officer, at=now, actor=actor, before=was, after=absence_facts(session, absent)
        )
        record(session, away)
        return True


def _check_days(absent: Officer, first: date, last: date | None, now: datetime) -> None:
    if last is None:
        return
    if last < first:
        raise Refusal(
            "officer {officer}: away until {last} is before {first}, from which it is to be",
            officer=absent.code,
            last=last,
            first=first,
        )
    if last < local_day(now, ZoneInfo(absent.timezone)):
        raise Refusal(
            "officer {officer}: {last} is over; say a day from today on, or leave it out",
            officer=absent.code,
            last=last,
        )


def _check_duties(session: Session, absent: Officer, first: date, last: date | None) -> None:
    """Refuse an absence in which the officer is to stand in for somebody."""
    others = select(Officer).where(
        Officer.deputy_id == absent.id, or_(col(Officer.away_until).is_(None), col(Officer.away_until) >= first)
    )
    for other in session.exec(others.order_by(col(Officer.code))):
        if _meets(other, first, last):
            raise Refusal(
                "officer {officer}: stands in for {other}, who is away {days}; give {other} another deputy first",
                officer=absent.code,
                other=other.code,
                days=_days(other),
            )


def _meets(other: Officer, first: date, last: date | None) -> bool:
    """Tell whether an officer is away on one of the days."""
    if other.away_from is None:
        return False
    return (last is None or other.away_from <= last) and (other.away_until is None or other.away_until >= first)


def _days(away: Officer) -> Said:
    if away.away_until is None:
        return Said("from {first} until further notice", first=away.away_from)
    return Said("from {first} until {last}", first=away.away_from, last=away.away_until)

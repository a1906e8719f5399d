"""Silence: for a time nobody is reminded about a branch, or about any branch of a unit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from actions.events import event_row, record
from actions.house import House
from config.errors import Refusal
from config.vocabulary import EventKind
from models.branch import Branch
from models.database import transaction
from models.queries import find_branch, find_unit
from models.scope import EVERYTHING, Scope
from models.silence import Silence
from rules.deadlines import end_of, start_of


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: a branch or a unit, the reason, and the time.

    A day as `starts` begins at its midnight, a day as `ends` is the last one in it, both in the settings'
    zone; without `starts` it begins at once.
    """

    ends: date | datetime
    reason: str
    branch: str | None = None
    unit: str | None = None
    starts: date | datetime | None = None


def silence(house: House, request: Request, *, actor: str, now: datetime, scope: Scope = EVERYTHING) -> int:
    """Defer the reminders about a branch, or about a unit and all below it; return the silence's number.

    What is planned and not sent is taken off, and told with what is reached meanwhile by the first patrol
    after the end; deadlines stay as they are. Asked for again while one of the same time stands, that one
    is returned and nothing changes. Raises Refusal for names that are unknown, or outside the scope, and for a
    time that has no length or is over.
    """
    zone = ZoneInfo(house.settings.timezone)
    starts_at = now if request.starts is None else _instant(request.starts, zone, start_of)
    ends_at = _instant(request.ends, zone, end_of)
    with transaction(house.engine) as session:
        within = (
            find_branch(session, request.branch, scope)
            if request.branch
            else find_unit(session, request.unit or "", scope)
        )
        if ends_at <= starts_at:
            raise Refusal(
                "silence {code}: until {until} is not after its beginning", code=within.code, until=request.ends
            )
        if ends_at <= now:
            raise Refusal("silence {code}: until {until} is over already", code=within.code, until=request.ends)
        wanted = Silence(
            branch_id=within.id if isinstance(within, Branch) else None,
            unit_id=None if isinstance(within, Branch) else within.id,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=request.reason,
            added_at=now,
            added_by=actor,
        )
        if (standing := _find_standing(session, wanted, at_once=request.starts is None)) is not None:
            return standing
        session.add(wanted)
        session.flush()
        added = event_row(
            EventKind.SILENCE_ADDED,
            f"silence {wanted.id}",
            at=now,
            actor=actor,
            branch_id=wanted.branch_id,
            after={"of": within.code, "starts_at": starts_at, "ends_at": ends_at},
            reason=request.reason,
        )
        record(session, added)
        return wanted.id


def _find_standing(session: Session, wanted: Silence, *, at_once: bool) -> int | None:
    """Find a silence of the same branch or unit and the same time that was not lifted.

    One that is to begin at once is the same as one that holds already, until the same end.
    """
    same = select(Silence.id).where(
        col(Silence.branch_id).is_not_distinct_from(wanted.branch_id),
        col(Silence.unit_id).is_not_distinct_from(wanted.unit_id),
        col(Silence.starts_at) <= wanted.starts_at if at_once else Silence.starts_at == wanted.starts_at,
        Silence.ends_at == wanted.ends_at,
        col(Silence.lifted_at).is_(None),
    )
    return session.exec(same.order_by(col(Silence.id)).limit(1)).first()


def _instant(said: date | datetime, zone: ZoneInfo, of_day: Callable[[date, ZoneInfo], datetime]) -> datetime:
    return said if isinstance(said, datetime) else of_day(said, zone)

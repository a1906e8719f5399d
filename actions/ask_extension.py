"""Ask for an extension: a branch wants a later last day for a piece of work."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from actions.assignments.named import Named, Work, lock_work
from actions.assignments.seen import check_seen
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind, RequestStatus
from models.database import transaction
from models.request import ExtensionRequest
from rules.deadlines import last_allowed_day, local_day


@dataclass(frozen=True, slots=True)
class Wish:
    """The last day that a branch would like for work (`task` or `stage/task`), why, and the work as it was seen."""

    branch: str
    task: str
    until: date
    reason: str
    seen: str | None = None


def ask_extension(house: House, campaign: str, wish: Wish, *, actor: str, now: datetime) -> int:
    """Put a request before those who may decide it; return its number.

    Raises Refusal for unknown work, work that is settled, a day that is past or not later than the last day there
    is, and work for which another request waits; Stale when it is not as it was seen.
    """
    name = Named(wish.branch, wish.task)
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        work = lock_work(session, rulebook, [name])[name]
        check_seen(rulebook, work, wish.seen)
        if work.status is not AssignmentStatus.OPEN:
            raise Refusal("{work}: is settled, so there is no day to move", work=work.titled(rulebook))
        _check_day(rulebook, work, wish.until, now)
        _check_none_waits(session, rulebook, work)
        request = ExtensionRequest(
            assignment_id=work.id, until=wish.until, reason=wish.reason, asked_at=now, asked_by=actor
        )
        session.add(request)
        session.flush()
        asked = event_row(
            EventKind.EXTENSION_ASKED,
            work.label,
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            branch_id=work.branch_id,
            after={"request": request.id, "until": wish.until},
            reason=wish.reason,
        )
        record(session, asked)
        return request.id


def _check_day(rulebook: Rulebook, work: Work, until: date, now: datetime) -> None:
    if not rulebook.calendar.first <= until <= rulebook.calendar.last:
        raise Refusal(
            "until {until}: outside the calendar, which ends on {last}", until=until, last=rulebook.calendar.last
        )
    last = last_allowed_day(work.due_at, rulebook.zone)
    if until <= last:
        raise Refusal("until {until}: is not later than the last day, {last}", until=until, last=last)
    if until < local_day(now, rulebook.zone):
        raise Refusal("until {until}: is past already", until=until)


def _check_none_waits(session: Session, rulebook: Rulebook, work: Work) -> None:
    waiting = select(ExtensionRequest).where(
        ExtensionRequest.assignment_id == work.id, ExtensionRequest.status == RequestStatus.ASKED
    )
    if (request := session.exec(waiting).one_or_none()) is not None:
        raise waits_already(work.titled(rulebook), request.asked_by, request.until)


def waits_already(label: str, who: str, day: date) -> Refusal:
    """Say that somebody has asked for a day, and nobody has decided yet."""
    return Refusal("{work}: a request of {who} waits already; it asks for {day}", work=label, who=who, day=day)

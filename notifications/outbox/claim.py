"""Take deliveries for one worker, and write what they say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnClause, Select, Update, bindparam, select, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import ChannelStatus, DeliveryStatus, NoticeStatus, OnDoubt, Outcome
from models.dialects import is_postgresql, rows_given, table_given, table_of
from models.notice import Attempt, Delivery, Notice
from models.parameters import DELIVERIES, NOTICES, among, run
from notifications.channels.message import Message
from notifications.channels.services import service_called
from notifications.contents.composing import Content, digests_of
from notifications.contents.unreadable import Unreadable
from notifications.links import Pages
from notifications.outbox.candidates import Candidate, find_candidates, share_slots
from notifications.outbox.policy import LEASE
from notifications.outbox.report import NOTHING, DeliveryReport
from notifications.outbox.settle import LONGEST_DETAIL, write_down
from notifications.outbox.stranded import strand
from notifications.outbox.truth import UNSENT, drop_untrue
from notifications.writing.messages import render_notice
from notifications.writing.words import Words


class Pace(StrEnum):
    """How messages go out: several in flight where a repeat does no harm, else one at a time."""

    TOGETHER = "together"
    ONE_BY_ONE = "one_by_one"


WRITTEN = "written"
ON_DOUBT = {Pace.TOGETHER: OnDoubt.REPEAT, Pace.ONE_BY_ONE: OnDoubt.HOLD}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed delivery: the message and the channel's address, still sealed."""

    delivery_id: int
    service: str
    address: str
    message: Message
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one worker took; on the way, notices were cancelled, by campaign, and some went on or were given up."""

    parcels: tuple[Parcel, ...] = ()
    cancelled: Counter[int] = field(default_factory=Counter)
    report: DeliveryReport = NOTHING


@dataclass(frozen=True, slots=True)
class _Written:
    """What a message says, and the instant that it bears."""

    words: Words
    dated: datetime


def claim(session: Session, token: str, now: datetime, *, limit: int, pace: Pace, pages: Pages | None = None) -> Claim:
    """Take deliveries that may go out now, for the length of a lease; each account has its share of them.

    What they say is checked and written here, with a link to `pages` where there are any, and their
    notices take no further lines. Only a delivery that an earlier try may have brought through keeps its
    stored text and date, so that a repeat is byte-identical. Nothing is taken outside a notice's send
    window, nor twice by two workers, nor above an account's rate. A notice that cannot be written is dead
    with the reason, one whose channel was disabled goes on to the next, and the others go out.
    """
    found, slots = find_candidates(session, token, now, limit, ON_DOUBT[pace])
    if not found:
        return Claim()
    stranded = [one for one in found if one.status is ChannelStatus.DISABLED]
    report = write_down(
        session, [strand(one.delivery_id, one.notice_id, one.attempts, one.disabled_reason) for one in stranded], now
    )
    candidates = [one for one in found if one.status is ChannelStatus.ACTIVE]
    doubtful = _find_doubtful(session, [one.delivery_id for one in candidates])
    fresh = [one.notice_id for one in candidates if one.delivery_id not in doubtful]
    cancelled = drop_untrue(session, fresh, now=now)
    contents = _read_contents(session, fresh, now)
    kept: list[tuple[Candidate, _Written]] = []
    unreadable: list[tuple[Candidate, Unreadable]] = []
    for one in candidates:
        if one.delivery_id in doubtful:
            stored = Words(one.subject or "", one.body or "", one.html)
            kept.append((one, _Written(stored, one.dated or one.sends_from)))
        elif content := contents.get(one.notice_id):
            words = render_notice(content, service_called(one.service), _link_of(one, pages))
            if isinstance(words, Unreadable):
                unreadable.append((one, words))
            else:
                kept.append((one, _Written(words, one.sends_from)))
    _take(session, kept, token, now)
    share_slots(session, slots, [one for one, _ in kept])
    _give_up(session, unreadable)
    report += DeliveryReport(dead=len(unreadable))
    return Claim(tuple(_parcel(*each) for each in kept), cancelled, report)


def _link_of(one: Candidate, pages: Pages | None) -> str | None:
    return pages.link_to(one.officer, one.link_epoch, one.sends_from) if pages else None


def _parcel(one: Candidate, written: _Written) -> Parcel:
    words = written.words
    message = Message(f"rollcall-{one.delivery_id}", one.to, words.subject, words.body, written.dated, words.html)
    return Parcel(one.delivery_id, one.service, one.address, message, one.account_id)


def _find_doubtful(session: Session, deliveries: Sequence[int]) -> frozenset[int]:
    """Find the deliveries that an earlier try may have brought through."""
    return frozenset(run(session, _doubtful(), {"deliveries": deliveries}).scalars())


def _read_contents(session: Session, notices: Sequence[int], now: datetime) -> dict[int, Content]:
    """Read what the notices say that are not cancelled."""
    return digests_of(session, run(session, _standing(), {"notices": notices}).scalars().all(), now)


def _take(session: Session, kept: Sequence[tuple[Candidate, _Written]], token: str, now: datetime) -> None:
    if not kept:
        return
    written = rows_given(session, WRITTEN, _written_columns(), [_delivery_row(*each) for each in kept])
    given = {"deliveries": [found.delivery_id for found, _ in kept], "token": token, "lease_end": now + LEASE}
    run(session, _taking(is_postgresql(session)), given | written)
    run(session, _closing(), {"notices": [found.notice_id for found, _ in kept]})


def _give_up(session: Session, unreadable: Sequence[tuple[Candidate, Unreadable]]) -> None:
    delivery, notice = table_of(Delivery), table_of(Notice)
    for found, why in unreadable:
        session.execute(update(delivery).where(delivery.c.id == found.delivery_id).values(status=DeliveryStatus.DEAD))
        session.execute(
            update(notice)
            .where(notice.c.id == found.notice_id)
            .values(status=NoticeStatus.DEAD, reason=why.reason[:LONGEST_DETAIL])
        )


# Every batch needs these: they are put together once, and only executed then.


@cache
def _doubtful() -> Select[Any]:
    return select(col(Attempt.delivery_id)).where(
        among(col(Attempt.delivery_id), DELIVERIES), col(Attempt.outcome) == Outcome.AMBIGUOUS
    )


@cache
def _standing() -> Select[Any]:
    notice = table_of(Notice)
    standing = select(notice.c.id).where(among(notice.c.id, NOTICES), notice.c.status.in_(UNSENT))
    # Else SQLite, whom nobody tells how many are planned, reads them all by their status.
    return standing.with_hint(notice, "NOT INDEXED", "sqlite")


@cache
def _taking(is_on_postgresql: bool) -> Update:
    delivery = table_of(Delivery)
    written = table_given(is_on_postgresql, WRITTEN, _written_columns())
    return (
        update(delivery)
        .where(delivery.c.id == written.c.id, among(delivery.c.id, DELIVERIES))
        .values(
            status=DeliveryStatus.CLAIMED,
            lease_token=bindparam("token"),
            lease_until=bindparam("lease_end", type_=UTCDateTime()),
            subject=written.c.subject,
            body=written.c.body,
            html=written.c.html,
            dated=written.c.dated,
        )
    )


@cache
def _written_columns() -> Sequence[ColumnClause[Any]]:
    delivery = table_of(Delivery)
    return [delivery.c[name] for name in ("id", "subject", "body", "html", "dated")]


def _delivery_row(found: Candidate, written: _Written) -> tuple[Any, ...]:
    words = written.words
    return found.delivery_id, words.subject, words.body, words.html, written.dated


@cache
def _closing() -> Update:
    notice = table_of(Notice)
    return update(notice).where(among(notice.c.id, NOTICES)).values(status=NoticeStatus.SENDING)

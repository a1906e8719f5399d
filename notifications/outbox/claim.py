"""Take deliveries for one worker, and write what they say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from config.vocabulary import DeliveryStatus, NoticeStatus, OnDoubt, Outcome
from models.dialects import table_of
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel, Officer
from notifications.channels.message import Message
from notifications.channels.services import service_called
from notifications.contents import Content, digests_of
from notifications.links import Pages
from notifications.messages import render_notice
from notifications.outbox.policy import LEASE
from notifications.outbox.settle import LONGEST_DETAIL
from notifications.outbox.truth import UNSENT, drop_untrue
from notifications.unreadable import Unreadable
from notifications.words import Words

CLAIMABLE = (DeliveryStatus.PLANNED, DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN)


class Pace(StrEnum):
    """How messages go out: several in flight where a repeat does no harm, else one at a time."""

    TOGETHER = "together"
    ONE_BY_ONE = "one_by_one"


ON_DOUBT = {Pace.TOGETHER: OnDoubt.REPEAT, Pace.ONE_BY_ONE: OnDoubt.HOLD}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed delivery: the message and the channel's address, still sealed."""

    delivery_id: int
    service: str
    address: str
    message: Message


@dataclass(frozen=True, slots=True)
class Claim:
    """What one worker took; on the way, notices were cancelled, by campaign, and some were given up."""

    parcels: tuple[Parcel, ...] = ()
    cancelled: Counter[int] = field(default_factory=Counter)
    dead: int = 0


class _Candidate(NamedTuple):
    """A delivery whose time has come."""

    delivery_id: int
    notice_id: int
    subject: str | None
    body: str | None
    html: str | None
    service: str
    address: str
    to: str
    officer: str
    link_epoch: int
    sends_from: datetime

    def link(self, pages: Pages | None) -> str | None:
        return pages.link_to(self.officer, self.link_epoch, self.sends_from) if pages else None

    def parcel(self, words: Words) -> Parcel:
        message = Message(
            f"rollcall-{self.delivery_id}", self.to, words.subject, words.body, self.sends_from, words.html
        )
        return Parcel(self.delivery_id, self.service, self.address, message)


def claim(session: Session, token: str, now: datetime, *, limit: int, pace: Pace, pages: Pages | None = None) -> Claim:
    """Take deliveries that may go out now, for the length of a lease.

    What they say is checked and written here, with a link to `pages` where there are any, and their
    notices take no further lines. Only a delivery that an earlier try may have brought through keeps its
    stored text, so that a repeat is byte-identical. Nothing is taken outside a notice's send window, nor
    twice by two workers. A notice that cannot be written is dead with the reason, and the others go on.
    """
    candidates = _candidates(session, now, limit, pace)
    if not candidates:
        return Claim()
    doubtful = _find_doubtful(session, [found.delivery_id for found in candidates])
    fresh = [found.notice_id for found in candidates if found.delivery_id not in doubtful]
    cancelled = drop_untrue(session, fresh)
    contents = _read_contents(session, fresh, now)
    kept: list[tuple[_Candidate, Words]] = []
    unreadable: list[tuple[_Candidate, Unreadable]] = []
    for found in candidates:
        if found.delivery_id in doubtful:
            kept.append((found, Words(found.subject or "", found.body or "", found.html)))
        elif content := contents.get(found.notice_id):
            text = render_notice(content, service_called(found.service), found.link(pages))
            if isinstance(text, Unreadable):
                unreadable.append((found, text))
            else:
                kept.append((found, text))
    _take(session, kept, token, now)
    _give_up(session, unreadable)
    return Claim(tuple(found.parcel(words) for found, words in kept), cancelled, len(unreadable))


def _candidates(session: Session, now: datetime, limit: int, pace: Pace) -> list[_Candidate]:
    query = (
        select(
            col(Delivery.id),
            col(Delivery.notice_id),
            col(Delivery.subject),
            col(Delivery.body),
            col(Delivery.html),
            col(Channel.service),
            col(Channel.address),
            col(Officer.name),
            col(Officer.code),
            col(Officer.link_epoch),
            col(Notice.sends_from),
        )
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .join(Officer, col(Officer.id) == Notice.officer_id)
        .where(
            col(Delivery.status).in_(CLAIMABLE),
            col(Delivery.not_before) <= now,
            col(Notice.status).in_(UNSENT),
            col(Notice.sends_from) <= now,
            col(Notice.sends_until) > now,
            col(Channel.on_doubt) == ON_DOUBT[pace],
        )
        # In the order of the index: a batch costs what it takes, however much is waiting behind it.
        .order_by(col(Delivery.status), col(Delivery.not_before))
        .limit(limit)
        .with_for_update(skip_locked=True, of=(table_of(Delivery), table_of(Notice)))
    )
    return [_Candidate(*row) for row in session.execute(query)]


def _find_doubtful(session: Session, deliveries: Sequence[int]) -> frozenset[int]:
    """Find the deliveries that an earlier try may have brought through."""
    query = select(col(Attempt.delivery_id)).where(
        col(Attempt.delivery_id).in_(deliveries), col(Attempt.outcome) == Outcome.AMBIGUOUS
    )
    return frozenset(session.scalars(query))


def _read_contents(session: Session, notices: Sequence[int], now: datetime) -> dict[int, Content]:
    """Read what the notices say that are not cancelled."""
    standing = select(table_of(Notice).c.id).where(col(Notice.id).in_(notices), col(Notice.status).in_(UNSENT))
    return digests_of(session, session.scalars(standing).all(), now)


def _take(session: Session, kept: Sequence[tuple[_Candidate, Words]], token: str, now: datetime) -> None:
    if not kept:
        return
    delivery, notice = table_of(Delivery), table_of(Notice)
    rows = [
        {"key": found.delivery_id, "new_subject": words.subject, "new_body": words.body, "new_html": words.html}
        for found, words in kept
    ]
    session.connection().execute(
        update(delivery)
        .where(delivery.c.id == bindparam("key"))
        .values(
            status=DeliveryStatus.CLAIMED,
            lease_token=token,
            lease_until=now + LEASE,
            subject=bindparam("new_subject"),
            body=bindparam("new_body"),
            html=bindparam("new_html"),
        ),
        rows,
    )
    session.execute(
        update(notice)
        .where(notice.c.id.in_([found.notice_id for found, _ in kept]))
        .values(status=NoticeStatus.SENDING)
    )


def _give_up(session: Session, unreadable: Sequence[tuple[_Candidate, Unreadable]]) -> None:
    delivery, notice = table_of(Delivery), table_of(Notice)
    for found, why in unreadable:
        session.execute(update(delivery).where(delivery.c.id == found.delivery_id).values(status=DeliveryStatus.DEAD))
        session.execute(
            update(notice)
            .where(notice.c.id == found.notice_id)
            .values(status=NoticeStatus.DEAD, reason=why.reason[:LONGEST_DETAIL])
        )

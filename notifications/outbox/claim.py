"""Take deliveries for one worker, and write what they say."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlmodel import Session, col

from config.vocabulary import ChannelStatus, DeliveryStatus, NoticeStatus, OnDoubt, Outcome
from models.dialects import table_of
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel, Officer
from notifications.channels.message import Message, Verdict
from notifications.contents import Unreadable, digests_of, say_trouble
from notifications.digest import Digest, Words, render_digest
from notifications.outbox.accounts import Turn, find_turns, is_claimable, is_sendable
from notifications.outbox.policy import LEASE, Step
from notifications.outbox.report import NOTHING, DeliveryReport
from notifications.outbox.settle import LONGEST_DETAIL, Settlement, write_down
from notifications.outbox.slots import find_first_slots, find_slots, take_slots
from notifications.outbox.truth import UNSENT, drop_untrue

DISABLED = "the channel was disabled"

FEW = 32
"""Of so many accounts at the most each is asked for its share of a batch; of more, one delivery each is taken."""


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
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one worker took; on the way, notices were cancelled, by campaign, and some went on or were given up."""

    parcels: tuple[Parcel, ...] = ()
    cancelled: Counter[int] = field(default_factory=Counter)
    report: DeliveryReport = NOTHING


class _Candidate(NamedTuple):
    """A delivery whose time has come."""

    delivery_id: int
    notice_id: int
    attempts: int
    subject: str | None
    body: str | None
    account_id: int | None
    service: str
    address: str
    status: ChannelStatus
    disabled_reason: str | None
    to: str
    sends_from: datetime

    def parcel(self, words: Words) -> Parcel:
        message = Message(f"rollcall-{self.delivery_id}", self.to, words.subject, words.body, self.sends_from)
        return Parcel(self.delivery_id, self.service, self.address, message, self.account_id)


class _Slots(NamedTuple):
    """The slots that candidates of one account may take, and the instant at which these come free by themselves."""

    account_id: int
    slots: Sequence[int]
    free_at: datetime


def claim(session: Session, token: str, now: datetime, *, limit: int, pace: Pace) -> Claim:
    """Take deliveries that may go out now, for the length of a lease; each account has its share of them.

    What they say is checked and written here, and their notices take no further lines. Only a delivery
    that an earlier try may have brought through keeps its stored text, so that a repeat is
    byte-identical. Nothing is taken outside a notice's send window, nor twice by two workers, nor above an
    account's rate. A notice that cannot be written is dead with the reason, one whose channel was disabled
    goes on to the next, and the others go out.
    """
    found, slots = _candidates(session, token, now, limit, ON_DOUBT[pace])
    if not found:
        return Claim()
    stranded = [one for one in found if one.status is ChannelStatus.DISABLED]
    report = write_down(session, [_strand(one) for one in stranded], now)
    candidates = [one for one in found if one.status is ChannelStatus.ACTIVE]
    doubtful = _find_doubtful(session, [one.delivery_id for one in candidates])
    fresh = [one.notice_id for one in candidates if one.delivery_id not in doubtful]
    cancelled = drop_untrue(session, fresh)
    texts = _write_texts(session, fresh, now)
    kept: list[tuple[_Candidate, Words]] = []
    unreadable: list[tuple[_Candidate, Unreadable]] = []
    for one in candidates:
        text = texts.get(one.notice_id)
        if one.delivery_id in doubtful:
            kept.append((one, Words(one.subject or "", one.body or "")))
        elif isinstance(text, Unreadable):
            unreadable.append((one, text))
        elif text is not None:
            kept.append((one, text))
    _take(session, kept, token, now)
    _take_slots(session, slots, [one for one, _ in kept])
    _give_up(session, unreadable)
    report += DeliveryReport(dead=len(unreadable))
    return Claim(tuple(one.parcel(words) for one, words in kept), cancelled, report)


def _candidates(
    session: Session, token: str, now: datetime, limit: int, on_doubt: OnDoubt
) -> tuple[list[_Candidate], list[_Slots]]:
    """Find deliveries account by account, and what no account is counted for: each has its share of the batch."""
    turns = find_turns(session, on_doubt, now, token, limit)
    uncounted = col(Delivery.account_id).is_(None)
    found = _candidates_of(session, uncounted, now, max(1, limit // (len(turns) + 1)), on_doubt)
    if len(turns) > FEW:
        return _first_of_each(session, turns, found, now, limit, on_doubt)
    slots: list[_Slots] = []
    for place, turn in enumerate(turns):
        room = max(1, (limit - len(found)) // (len(turns) - place))
        if turn.period is not None:
            free = find_slots(session, turn.account_id, now, room)
            slots.append(_Slots(turn.account_id, free, now + LEASE + turn.period))
            room = len(free)
        if room:
            found += _candidates_of(session, col(Delivery.account_id) == turn.account_id, now, room, on_doubt)
    return found, slots


def _first_of_each(
    session: Session, turns: Sequence[Turn], found: list[_Candidate], now: datetime, limit: int, on_doubt: OnDoubt
) -> tuple[list[_Candidate], list[_Slots]]:
    """Find one delivery of each of many accounts, in as many statements as of one."""
    free = find_first_slots(session, [turn.account_id for turn in turns if turn.period is not None], now)
    going = [turn for turn in turns if turn.period is None or turn.account_id in free]
    is_first = col(Delivery.id).in_([turn.first for turn in going[: limit - len(found)]])
    slots = [
        _Slots(turn.account_id, [free[turn.account_id]], now + LEASE + turn.period)
        for turn in going
        if turn.period is not None
    ]
    return [*found, *_candidates_of(session, is_first, now, limit, on_doubt)], slots


def _candidates_of(
    session: Session, which: ColumnElement[bool], now: datetime, room: int, on_doubt: OnDoubt
) -> list[_Candidate]:
    query = (
        select(
            col(Delivery.id),
            col(Delivery.notice_id),
            col(Delivery.attempts),
            col(Delivery.subject),
            col(Delivery.body),
            col(Delivery.account_id),
            col(Channel.service),
            col(Channel.address),
            col(Channel.status),
            col(Channel.disabled_reason),
            col(Officer.name),
            col(Notice.sends_from),
        )
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .join(Officer, col(Officer.id) == Notice.officer_id)
        .where(which, is_claimable(), col(Delivery.on_doubt) == on_doubt, col(Delivery.not_before) <= now)
        .where(is_sendable(now))
        # In the order of the index: a batch costs what it takes, however much is waiting behind it.
        .order_by(col(Delivery.account_id), col(Delivery.not_before))
        .limit(room)
        .with_for_update(skip_locked=True, of=(table_of(Delivery), table_of(Notice)))
    )
    return [_Candidate(*row) for row in session.execute(query)]


def _strand(one: _Candidate) -> Settlement:
    """Give a delivery up whose channel was disabled while it waited."""
    why = f"{DISABLED}: {one.disabled_reason}" if one.disabled_reason else DISABLED
    verdict = Verdict(Outcome.PERMANENT, why)
    return Settlement(one.delivery_id, one.notice_id, one.attempts, verdict, Step(DeliveryStatus.DEAD))


def _take_slots(session: Session, slots: Iterable[_Slots], kept: Iterable[_Candidate]) -> None:
    """Give each of an account's deliveries one of its slots."""
    by_account: defaultdict[int | None, list[int]] = defaultdict(list)
    for one in kept:
        by_account[one.account_id].append(one.delivery_id)
    for there in slots:
        take_slots(session, zip(there.slots, by_account[there.account_id], strict=False), there.free_at)


def _find_doubtful(session: Session, deliveries: Sequence[int]) -> frozenset[int]:
    """Find the deliveries that an earlier try may have brought through."""
    query = select(col(Attempt.delivery_id)).where(
        col(Attempt.delivery_id).in_(deliveries), col(Attempt.outcome) == Outcome.AMBIGUOUS
    )
    return frozenset(session.scalars(query))


def _write_texts(session: Session, notices: Sequence[int], now: datetime) -> dict[int, Words | Unreadable]:
    """Write what the notices say that are not cancelled."""
    notice = table_of(Notice)
    standing = select(notice.c.id).where(notice.c.id.in_(notices), notice.c.status.in_(UNSENT))
    # Else SQLite, whom nobody tells how many are planned, reads them all by their status.
    standing = standing.with_hint(notice, "NOT INDEXED", "sqlite")
    digests = digests_of(session, session.scalars(standing).all(), now)
    return {notice: _write(digest) for notice, digest in digests.items()}


def _write(digest: Digest | Unreadable) -> Words | Unreadable:
    if isinstance(digest, Unreadable):
        return digest
    try:
        return render_digest(digest)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this notice's trouble alone
        return Unreadable(say_trouble(error))


def _take(session: Session, kept: Sequence[tuple[_Candidate, Words]], token: str, now: datetime) -> None:
    if not kept:
        return
    delivery, notice = table_of(Delivery), table_of(Notice)
    rows = [{"key": found.delivery_id, "new_subject": words.subject, "new_body": words.body} for found, words in kept]
    session.connection().execute(
        update(delivery)
        .where(delivery.c.id == bindparam("key"))
        .values(
            status=DeliveryStatus.CLAIMED,
            lease_token=token,
            lease_until=now + LEASE,
            subject=bindparam("new_subject"),
            body=bindparam("new_body"),
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

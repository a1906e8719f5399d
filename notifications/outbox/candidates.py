"""Find the deliveries that may go out now, account by account, so that none waits for another's turn."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, select
from sqlmodel import Session, col

from config.vocabulary import ChannelStatus, OnDoubt
from models.dialects import table_of
from models.notice import Delivery, Notice
from models.officer import Channel, Officer
from models.parameters import DELIVERIES, NOW, among, run
from notifications.outbox.accounts import ON_DOUBT, Turn, find_turns, is_claimable, is_sendable
from notifications.outbox.policy import LEASE
from notifications.outbox.slots import find_first_slots, find_slots, take_slots

FEW = 32
"""Of so many accounts at the most each is asked for its share of a batch; of more, one delivery each is taken."""


class Candidate(NamedTuple):
    """A delivery whose time has come.

    `dated` is the instant that its message bears: that of an earlier try which was written, or the opening
    of the send window.
    """

    delivery_id: int
    notice_id: int
    attempts: int
    subject: str | None
    body: str | None
    html: str | None
    account_id: int | None
    service: str
    address: str
    status: ChannelStatus
    disabled_reason: str | None
    to: str
    officer: str
    link_epoch: int
    sends_from: datetime
    dated: datetime | None


class SlotShare(NamedTuple):
    """The slots that candidates of one account may take, and the instant at which these come free by themselves."""

    account_id: int
    slots: Sequence[int]
    free_at: datetime


def find_candidates(
    session: Session, token: str, now: datetime, limit: int, on_doubt: OnDoubt
) -> tuple[list[Candidate], list[SlotShare]]:
    """Find deliveries account by account, and what no account is counted for: each has its share of the batch."""
    turns = find_turns(session, on_doubt, now, token, limit)
    given = {"now": now, "on_doubt": on_doubt}
    found = _read(session, _uncounted(), given | {"room": max(1, limit // (len(turns) + 1))})
    if len(turns) > FEW:
        return _first_of_each(session, turns, found, now, limit, on_doubt)
    slots: list[SlotShare] = []
    for place, turn in enumerate(turns):
        room = max(1, (limit - len(found)) // (len(turns) - place))
        if turn.period is not None:
            free = find_slots(session, turn.account_id, now, room)
            slots.append(SlotShare(turn.account_id, free, now + LEASE + turn.period))
            room = len(free)
        if room:
            found += _read(session, _of_account(), given | {"room": room, "account_id": turn.account_id})
    return found, slots


def _first_of_each(
    session: Session, turns: Sequence[Turn], found: list[Candidate], now: datetime, limit: int, on_doubt: OnDoubt
) -> tuple[list[Candidate], list[SlotShare]]:
    """Find one delivery of each of many accounts, in as many statements as of one."""
    free = find_first_slots(session, [turn.account_id for turn in turns if turn.period is not None], now)
    going = [turn for turn in turns if turn.period is None or turn.account_id in free][: limit - len(found)]
    first = {"now": now, "on_doubt": on_doubt, "room": limit, "deliveries": [turn.first for turn in going]}
    slots = [
        SlotShare(turn.account_id, [free[turn.account_id]], now + LEASE + turn.period)
        for turn in going
        if turn.period is not None
    ]
    return [*found, *_read(session, _these(), first)], slots


def _read(session: Session, query: Select[Any], given: dict[str, Any]) -> list[Candidate]:
    return [Candidate(*row) for row in run(session, query, given)]


# Every batch needs these: they are put together once, and only executed then.


@cache
def _uncounted() -> Select[Any]:
    return _candidates(col(Delivery.account_id).is_(None))


@cache
def _of_account() -> Select[Any]:
    return _candidates(col(Delivery.account_id) == bindparam("account_id"))


@cache
def _these() -> Select[Any]:
    return _candidates(among(col(Delivery.id), DELIVERIES))


def _candidates(which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            col(Delivery.id),
            col(Delivery.notice_id),
            col(Delivery.attempts),
            col(Delivery.subject),
            col(Delivery.body),
            col(Delivery.html),
            col(Delivery.account_id),
            col(Channel.service),
            col(Channel.address),
            col(Channel.status),
            col(Channel.disabled_reason),
            col(Officer.name),
            col(Officer.code),
            col(Officer.link_epoch),
            col(Notice.sends_from),
            col(Delivery.dated),
        )
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .join(Officer, col(Officer.id) == Notice.officer_id)
        .where(which, is_claimable(), col(Delivery.on_doubt) == ON_DOUBT, col(Delivery.not_before) <= NOW)
        .where(is_sendable(NOW))
        # In the order of the index: a batch costs what it takes, however much is waiting behind it.
        .order_by(col(Delivery.account_id), col(Delivery.not_before))
        .limit(bindparam("room", type_=Integer))
        .with_for_update(skip_locked=True, of=(table_of(Delivery), table_of(Notice)))
    )


def share_slots(session: Session, slots: Iterable[SlotShare], kept: Iterable[Candidate]) -> None:
    """Give each of an account's deliveries one of its slots."""
    by_account: defaultdict[int | None, list[int]] = defaultdict(list)
    for one in kept:
        by_account[one.account_id].append(one.delivery_id)
    for there in slots:
        take_slots(session, zip(there.slots, by_account[there.account_id], strict=False), there.free_at)

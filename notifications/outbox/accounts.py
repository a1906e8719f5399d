"""Whose turn it is: what waits for one account is a queue of its own, and an account may rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    TextClause,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import NoticeStatus, OnDoubt
from models.account import Account, Slot
from models.base import choice
from models.dialects import table_of
from models.notice import IS_CLAIMABLE, Delivery, Notice
from models.parameters import NOW, Instant, run

ON_DOUBT: BindParameter[OnDoubt] = bindparam("on_doubt", type_=choice(OnDoubt))


@dataclass(frozen=True, slots=True)
class Turn:
    """An account that may send, and its delivery that has waited longest; with a `period`, each takes a slot."""

    account_id: int
    period: timedelta | None
    first: int


@dataclass(frozen=True, slots=True)
class Pause:
    """An account is to rest until an instant, for a reason in its provider's words."""

    account_id: int
    until: datetime
    reason: str


def find_turns(session: Session, on_doubt: OnDoubt, now: datetime, token: str, most: int) -> list[Turn]:
    """Find accounts that something waits for and that may send.

    One that is paused or has no slot free is left out, so that what waits for it, however much, holds up
    nobody else. Accounts are gone through in a circle, from one that the token chooses: workers seldom meet.
    """
    last = session.scalar(select(func.max(col(Account.id)))) or 0
    start = Random(token).randint(0, last)
    turns = _turns_between(session, on_doubt, now, start, last, most)
    if len(turns) < most and start:
        turns += _turns_between(session, on_doubt, now, 0, start, most - len(turns))
    return turns


def _turns_between(
    session: Session, on_doubt: OnDoubt, now: datetime, above: int, through: int, most: int
) -> list[Turn]:
    given = {"on_doubt": on_doubt, "now": now, "above": above, "through": through, "most": most}
    return [
        Turn(key, None if seconds is None else timedelta(seconds=seconds), found)
        for key, seconds, found in run(session, _turns(), given)
    ]


@cache
def _turns() -> Select[Any]:
    """Find turns in the order of the accounts, jumping in the index to the next that something waits for."""
    through = bindparam("through", type_=Integer)
    begun = select(_next_account(bindparam("above", type_=Integer)).label("account_id")).cte("due", recursive=True)
    here = begun.c.account_id
    following = select(_next_account(here)).where(here.is_not(None), here < through)
    due = begun.union_all(following)
    first = _first_waiting()
    return (
        select(col(Account.id), col(Account.rate_seconds), first)
        .select_from(due)
        # An outer join, although each is there: before any other SQLite would first jump through to the end.
        .join(Account, col(Account.id) == due.c.account_id, isouter=True)
        .where(due.c.account_id <= through, ~is_paused(NOW), ~is_spent(NOW), first.is_not(None))
        .limit(bindparam("most", type_=Integer))
    )


def _next_account(above: ColumnElement[int]) -> ColumnElement[int | None]:
    there = table_of(Delivery).alias("there")
    return (
        select(there.c.account_id)
        .where(text(f"there.{IS_CLAIMABLE}"), there.c.on_doubt == ON_DOUBT, there.c.account_id > above)
        .order_by(there.c.account_id)
        .limit(1)
        .scalar_subquery()
    )


def _first_waiting() -> ColumnElement[int | None]:
    """Find the first delivery that waits for an account and may go: mostly the first that the index has."""
    return (
        select(col(Delivery.id))
        .join(Notice, col(Notice.id) == Delivery.notice_id)
        .where(
            is_claimable(),
            col(Delivery.on_doubt) == ON_DOUBT,
            col(Delivery.account_id) == Account.id,
            col(Delivery.not_before) <= NOW,
            is_sendable(NOW),
        )
        .order_by(col(Delivery.not_before))
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
    )


def is_sendable(now: Instant) -> ColumnElement[bool]:
    """Select the notices that may go out now."""
    return and_(
        col(Notice.status).in_((NoticeStatus.PLANNED, NoticeStatus.SENDING)),
        col(Notice.sends_from) <= now,
        col(Notice.sends_until) > now,
    )


def is_claimable() -> TextClause:
    """Select the deliveries that wait for a try, in the words of their index."""
    return text(f"delivery.{IS_CLAIMABLE}")


def is_paused(now: Instant) -> ColumnElement[bool]:
    """Select the accounts that rest as a whole."""
    return col(Account.paused_until).is_not(None) & (col(Account.paused_until) > now)


def is_spent(now: Instant) -> ColumnElement[bool]:
    """Select the accounts that have sent all that they may in their period."""
    free = exists().where(col(Slot.account_id) == Account.id, col(Slot.free_at) <= now).correlate(Account)
    return col(Account.rate_count).is_not(None) & ~free


def pause_accounts(session: Session, pauses: Iterable[Pause]) -> None:
    """Let accounts rest; no pause is ever made shorter."""
    account = table_of(Account)
    until = bindparam("new_until", type_=UTCDateTime())
    longest = {pause.account_id: pause for pause in sorted(pauses, key=lambda pause: pause.until)}
    # In one order everywhere, so that no worker waits for another in a circle.
    rows = [{"key": key, "new_until": longest[key].until, "new_reason": longest[key].reason} for key in sorted(longest)]
    if rows:
        session.connection().execute(
            update(account)
            .where(
                account.c.id == bindparam("key"), or_(account.c.paused_until.is_(None), account.c.paused_until < until)
            )
            .values(paused_until=until, paused_reason=bindparam("new_reason")),
            rows,
        )

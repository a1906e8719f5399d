"""Whose turn it is: what waits for one account is a queue of its own, and an account may rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import ColumnElement, TextClause, bindparam, exists, or_, select, text, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from config.vocabulary import OnDoubt
from models.account import Account, Slot
from models.dialects import table_of
from models.notice import IS_CLAIMABLE, Delivery

MOST_ACCOUNTS = 32
"""How many accounts one batch takes from, so that each has a share worth taking; the others come with the next."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An account that may send, or none where nothing is counted; with a `period`, each message takes a slot."""

    account_id: int | None = None
    period: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """An account is to rest until an instant, for a reason in its provider's words."""

    account_id: int
    until: datetime
    reason: str


def find_turns(session: Session, on_doubt: OnDoubt, now: datetime, token: str) -> list[Turn]:
    """Find whom a batch may be sent through: what needs no account, and accounts that something waits for.

    One that is paused or has no slot free is left out, so that what waits for it, however much, holds up
    nobody else. Of many accounts chance takes some: by the token, so that workers seldom meet.
    """
    query = (
        select(col(Account.id), col(Account.rate_seconds))
        .where(~is_paused(now), ~is_spent(now), _first_waiting(on_doubt, now).is_not(None))
        .order_by(col(Account.id))
    )
    accounts = session.execute(query).tuples().all()
    chosen = Random(token).sample(accounts, min(len(accounts), MOST_ACCOUNTS))
    return [Turn(), *(Turn(key, None if seconds is None else timedelta(seconds=seconds)) for key, seconds in chosen)]


def _first_waiting(on_doubt: OnDoubt, now: datetime) -> ColumnElement[int | None]:
    """Look one delivery up by the index; as EXISTS a planner may read all of them to answer for every account."""
    return (
        select(col(Delivery.id))
        .where(
            is_claimable(),
            col(Delivery.on_doubt) == on_doubt,
            col(Delivery.account_id) == Account.id,
            col(Delivery.not_before) <= now,
        )
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
    )


def is_claimable() -> TextClause:
    """Select the deliveries that wait for a try, in the words of their index."""
    return text(f"delivery.{IS_CLAIMABLE}")


def is_paused(now: datetime) -> ColumnElement[bool]:
    """Select the accounts that rest as a whole."""
    return col(Account.paused_until).is_not(None) & (col(Account.paused_until) > now)


def is_spent(now: datetime) -> ColumnElement[bool]:
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

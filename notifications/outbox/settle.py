"""Write down what became of deliveries that were sent."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnClause, Select, Update, bindparam, func, select, update
from sqlmodel import Session, col

from config.vocabulary import DeliveryStatus, NoticeStatus
from models.account import Account
from models.dialects import is_postgresql, rows_given, table_given, table_of
from models.notice import Attempt, Delivery, Notice, may_have_arrived
from models.parameters import DELIVERIES, NOTICES, NOW, among
from notifications.channels.message import Verdict
from notifications.outbox.accounts import Pause, pause_accounts
from notifications.outbox.disabling import DisabledChannel, disable_channels
from notifications.outbox.policy import Step, next_step, pause_after
from notifications.outbox.queue import first_channel
from notifications.outbox.report import NOTHING, DeliveryReport
from notifications.outbox.slots import end_slots, periods_of

MOVED, ENDED = "moved", "ended"
LONGEST_DETAIL = 400
LONGEST_RECEIPT = 200
NOTICE_STATUS = {
    DeliveryStatus.SENT: NoticeStatus.SENT,
    DeliveryStatus.HELD: NoticeStatus.HELD,
    DeliveryStatus.DEAD: NoticeStatus.DEAD,
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """A delivery in flight, the verdict on it, and what follows."""

    delivery_id: int
    notice_id: int
    tries: int
    verdict: Verdict
    step: Step


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of deliveries, and the channels that were disabled over it."""

    report: DeliveryReport = NOTHING
    disabled: tuple[DisabledChannel, ...] = ()


def settle(session: Session, token: str, now: datetime, verdicts: Mapping[int, Verdict]) -> Settled:
    """Move deliveries on by their verdicts, those that are this worker's still.

    A delivery that was taken back in the meantime is in other hands, and is left to them. An account that
    is throttled or out of reach rests, and a channel that would refuse every other message too is disabled.
    """
    if not verdicts:
        return Settled()
    found = session.connection().execute(_holding(), {"deliveries": list(verdicts), "token": token})
    settled: list[Settlement] = []
    rates: list[tuple[int, int | None]] = []
    pauses: list[Pause] = []
    dead: dict[int, str] = {}
    for delivery_id, notice_id, tries, on_doubt, channel_id, account_id, seconds in found:
        verdict = verdicts[delivery_id]
        step = next_step(verdict, tries, on_doubt=on_doubt, now=now)
        settled.append(Settlement(delivery_id, notice_id, tries, verdict, step))
        rates.append((delivery_id, seconds))
        until = pause_after(verdict, step, now)
        if until and account_id is not None:
            pauses.append(Pause(account_id, until, verdict.detail[:LONGEST_DETAIL]))
        if verdict.is_channel_dead and step.status is DeliveryStatus.DEAD:
            dead[channel_id] = verdict.detail[:LONGEST_DETAIL]
    end_slots(session, periods_of(rates), now)
    pause_accounts(session, pauses)
    disabled = disable_channels(session, dead, now)
    return Settled(write_down(session, settled, now), disabled)


def write_down(session: Session, settled: Sequence[Settlement], now: datetime) -> DeliveryReport:
    """Write what became of deliveries, their attempts and their notices; the caller holds their rows.

    A notice whose delivery is dead is planned again where its reader has a channel left to try.
    """
    if not settled:
        return DeliveryReport()
    connection = session.connection()
    on_postgresql, given = is_postgresql(session), {"deliveries": [one.delivery_id for one in settled]}
    moved = rows_given(session, MOVED, _moved_columns(), [_delivery_row(one, now) for one in settled])
    connection.execute(_move_deliveries(on_postgresql), given | moved)
    ended = rows_given(session, ENDED, _ended_columns(), [_attempt_row(one) for one in settled])
    connection.execute(_end_attempts(on_postgresql), given | ended | {"now": now})
    dead = [one.notice_id for one in settled if one.step.status is DeliveryStatus.DEAD]
    goes_on = _find_another_way(session, dead)
    _end(session, [one for one in settled if one.step.status in NOTICE_STATUS], goes_on)
    count = Counter(one.step.status for one in settled)
    return DeliveryReport(
        sent=count[DeliveryStatus.SENT],
        failed=count[DeliveryStatus.FAILED] + count[DeliveryStatus.UNKNOWN] + len(goes_on),
        held=count[DeliveryStatus.HELD],
        dead=count[DeliveryStatus.DEAD] - len(goes_on),
    )


def _end(session: Session, settled: Collection[Settlement], goes_on: Collection[int]) -> None:
    """Write the notices of deliveries that are over, all at once that end in the same way."""
    if not settled:
        return
    connection = session.connection()
    # In the order in which notices are locked everywhere, so that none waits for another in a circle.
    connection.execute(_locking(), {"notices": [one.notice_id for one in settled]}).all()
    ends: defaultdict[tuple[NoticeStatus, str | None], list[int]] = defaultdict(list)
    for one in settled:
        ends[_end_of_notice(one, one.notice_id in goes_on)].append(one.notice_id)
    for (status, reason), notices in ends.items():
        connection.execute(_end_notices(), {"notices": notices, "new_status": status, "new_reason": reason})


def _find_another_way(session: Session, notices: Collection[int]) -> frozenset[int]:
    """Find the notices that may go by another channel: one is left, and none may have brought it through."""
    if not notices:
        return frozenset()
    query = select(col(Notice.id)).where(col(Notice.id).in_(notices), first_channel().is_not(None), ~may_have_arrived())
    return frozenset(session.scalars(query))


# What every flight needs is put together once, and only executed then. Rows are named by their keys besides: a
# planner that thinks a table small would else read all of it.


@cache
def _holding() -> Select[Any]:
    delivery, account = table_of(Delivery), table_of(Account)
    columns = (delivery.c[name] for name in ("id", "notice_id", "attempts", "on_doubt", "channel_id", "account_id"))
    return (
        select(*columns, account.c.rate_seconds)
        .select_from(delivery)
        .join(account, account.c.id == delivery.c.account_id, isouter=True)
        .where(
            among(delivery.c.id, DELIVERIES),
            delivery.c.status == DeliveryStatus.SENDING,
            delivery.c.lease_token == bindparam("token"),
        )
        .with_for_update(of=delivery)
    )


@cache
def _move_deliveries(is_on_postgresql: bool) -> Update:
    delivery = table_of(Delivery)
    moved = table_given(is_on_postgresql, MOVED, _moved_columns())
    return (
        update(delivery)
        .where(delivery.c.id == moved.c.id, among(delivery.c.id, DELIVERIES))
        .values(
            status=moved.c.status,
            not_before=func.coalesce(moved.c.not_before, delivery.c.not_before),
            attempts=moved.c.attempts,
            sent_at=moved.c.sent_at,
            receipt=moved.c.receipt,
            lease_token=None,
            lease_until=None,
        )
    )


@cache
def _moved_columns() -> Sequence[ColumnClause[Any]]:
    delivery = table_of(Delivery)
    return [delivery.c[name] for name in ("id", "status", "not_before", "attempts", "sent_at", "receipt")]


def _delivery_row(one: Settlement, now: datetime) -> tuple[Any, ...]:
    receipt = one.verdict.receipt
    return (
        one.delivery_id,
        one.step.status,
        one.step.not_before,
        one.tries if one.step.counts else one.tries - 1,
        now if one.step.status is DeliveryStatus.SENT else None,
        receipt and receipt[:LONGEST_RECEIPT],
    )


@cache
def _end_attempts(is_on_postgresql: bool) -> Update:
    attempt = table_of(Attempt)
    ended = table_given(is_on_postgresql, ENDED, _ended_columns())
    return (
        update(attempt)
        .where(attempt.c.delivery_id == ended.c.delivery_id, attempt.c.ended_at.is_(None))
        .where(among(attempt.c.delivery_id, DELIVERIES))
        .values(ended_at=NOW, outcome=ended.c.outcome, detail=ended.c.detail)
    )


@cache
def _ended_columns() -> Sequence[ColumnClause[Any]]:
    attempt = table_of(Attempt)
    return [attempt.c[name] for name in ("delivery_id", "outcome", "detail")]


def _attempt_row(one: Settlement) -> tuple[Any, ...]:
    return one.delivery_id, one.verdict.outcome, one.verdict.detail[:LONGEST_DETAIL]


@cache
def _locking() -> Select[Any]:
    notice = table_of(Notice)
    return select(notice.c.id).where(among(notice.c.id, NOTICES)).order_by(notice.c.id).with_for_update()


@cache
def _end_notices() -> Update:
    notice = table_of(Notice)
    return (
        update(notice)
        .where(among(notice.c.id, NOTICES))
        .values(status=bindparam("new_status"), reason=bindparam("new_reason"))
    )


def _end_of_notice(one: Settlement, goes_on: bool) -> tuple[NoticeStatus, str | None]:
    """Tell which state the notice of a settled delivery moves to, and why."""
    status = NoticeStatus.PLANNED if goes_on else NOTICE_STATUS[one.step.status]
    needs_no_reason = goes_on or one.step.status is DeliveryStatus.SENT
    return status, None if needs_no_reason else one.verdict.detail[:LONGEST_DETAIL]

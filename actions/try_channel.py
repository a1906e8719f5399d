"""Try a channel out: send a test message, and hear what the provider says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.events import event_row, record
from actions.house import House
from actions.sending.flights import Clock
from actions.sending.shipments import Shipment, make_ready
from config.errors import Refusal
from config.vocabulary import EventKind
from models.account import Account
from models.database import snapshot, transaction
from models.officer import Channel, Officer
from models.queries import find_channel
from models.scope import EVERYTHING, Scope
from notifications.channels.message import Message, Verdict
from notifications.channels.opening import check_target
from notifications.channels.services import service_called
from notifications.outbox.accounts import Pause, pause_accounts
from notifications.outbox.claim import Parcel
from notifications.outbox.policy import LEASE, next_step, pause_after
from notifications.outbox.settle import LONGEST_DETAIL
from notifications.outbox.slots import find_slots, keep_slot
from notifications.writing.messages import render_trial
from rules.deadlines import local_day

NO_DELIVERY = 0
"""A trial is no delivery: nothing is planned, and nothing of it is sent again."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """The slot that a trial has taken, and how long after its end it is free again."""

    slot_id: int
    period: timedelta


def try_channel(house: House, number: int, *, actor: str, clock: Clock, scope: Scope = EVERYTHING) -> Verdict:
    """Send a test message through a channel now, whatever its hours, and return what the provider said.

    It takes its turn like every message: raises Refusal when the account rests or has sent all that it may
    for now, when its host may not be reached here, and for an unknown channel. A disabled one may be tried,
    and stays disabled; a refusal disables none, since whoever tries it sees it. What lets an account rest
    after a delivery lets it rest after a trial. The trial stands on record with its outcome; killed, it
    leaves at most a slot that comes free by itself.
    """
    began = clock()
    with snapshot(house.engine) as session:
        channel, officer = find_channel(session, number, scope)
    shipment = _compose(house, channel, officer, began)
    if not isinstance(shipment.sender, Verdict):
        check_target(shipment.sender)
    with transaction(house.engine) as session:
        turn = _take_turn(session, channel, began)
    verdict = shipment.hand_over(clock())
    with transaction(house.engine) as session:
        ended = clock()
        if turn:
            keep_slot(session, turn.slot_id, ended + turn.period)
        _let_rest(session, channel, verdict, ended)
        tried = event_row(
            EventKind.CHANNEL_TESTED,
            officer.code,
            at=ended,
            actor=actor,
            after={"channel": number, "service": channel.service, "outcome": verdict.outcome, "detail": verdict.detail},
        )
        record(session, tried)
    return verdict


def _take_turn(session: Session, channel: Channel, now: datetime) -> _Turn | None:
    """Take a slot of the channel's account, where it has a rate."""
    account = session.get(Account, channel.account_id) if channel.account_id else None
    if account is None:
        return None
    if account.paused_until and account.paused_until > now:
        raise Refusal(
            "channel {number}: rests until {until:%H:%M:%S} UTC: {reason}",
            number=channel.id,
            until=account.paused_until,
            reason=account.paused_reason,
        )
    if account.rate_seconds is None:
        return None
    slots = find_slots(session, account.id, now, most=1)
    if not slots:
        rate = f"{account.rate_count} messages in {account.rate_seconds} s"
        raise Refusal(
            "channel {number}: has sent all that it may for now, {rate}; try again soon", number=channel.id, rate=rate
        )
    turn = _Turn(slots[0], timedelta(seconds=account.rate_seconds))
    keep_slot(session, turn.slot_id, now + LEASE + turn.period)
    return turn


def _let_rest(session: Session, channel: Channel, verdict: Verdict, now: datetime) -> None:
    """Pause the channel's account where its provider asks for it or is out of reach, as after a first try."""
    until = pause_after(verdict, next_step(verdict, 1, on_doubt=channel.on_doubt, now=now), now)
    if until and channel.account_id is not None:
        pause_accounts(session, [Pause(channel.account_id, until, verdict.detail[:LONGEST_DETAIL])])


def _compose(house: House, channel: Channel, officer: Officer, now: datetime) -> Shipment:
    day = local_day(now, ZoneInfo(officer.timezone))
    words = render_trial(officer.name, officer.language, day, service_called(channel.service))
    key = f"rollcall-trial-{channel.id}-{now:%Y%m%d%H%M%S%f}"
    message = Message(key, officer.name, words.subject, words.body, now, words.html)
    return make_ready(house, Parcel(NO_DELIVERY, channel.service, channel.address, message))

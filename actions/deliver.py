"""Deliver notices: the outbox's steps, each in a transaction of its own, and the calls between them."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Select, select, update
from sqlmodel import col

from actions.cancel_untrue import record_cancelled
from actions.house import House
from actions.rulebook import open_rulebook
from config.errors import Refusal
from config.vocabulary import NoticeStatus, Outcome
from models.campaign import Campaign
from models.database import snapshot, transaction
from models.dialects import in_chunks, table_of
from models.notice import Delivery, Notice
from notifications.channels.message import Verdict
from notifications.channels.opening import open_channel
from notifications.outbox.claim import CLAIMABLE, Pace, Parcel, claim
from notifications.outbox.policy import LEASE
from notifications.outbox.queue import enqueue
from notifications.outbox.recover import recover
from notifications.outbox.report import DeliveryReport
from notifications.outbox.settle import begin_sending, settle

Clock = Callable[[], datetime]

DELIVERY = "delivery"
"""The actor of what no person did on the way out."""

BATCH = {Pace.TOGETHER: 200, Pace.ONE_BY_ONE: 10}
IN_FLIGHT = 8
"""How many messages of a batch are on their way at once, where that does no harm."""

MARGIN = timedelta(minutes=1)
TOO_LATE = Verdict(Outcome.TEMPORARY, "not tried: its turn did not come within the lease")


def recover_deliveries(house: House, now: datetime) -> DeliveryReport:
    """Take back what workers that died were holding; repeatable."""
    with transaction(house.engine) as session:
        return recover(session, now)


def find_interrupted(house: House, now: datetime) -> list[str]:
    """List the campaigns that have notices between two tries whose send window is over, by code."""
    with snapshot(house.engine) as session:
        query = select(col(Campaign.code)).where(
            col(Campaign.id).in_(_interrupted(now).with_only_columns(col(Notice.campaign_id)))
        )
        return list(session.scalars(query.order_by(col(Campaign.id))))


def renew_send_windows(house: House, campaign: str, now: datetime) -> int:
    """Move a campaign's notices that are between two tries and whose send window is over into its next one.

    Returns how many moved; repeated at the same instant, nothing moves. A notice keeps its day.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        notice = table_of(Notice)
        over = _interrupted(now).where(col(Notice.campaign_id) == rulebook.campaign_id)
        notices = session.scalars(over.with_for_update(of=notice, skip_locked=True)).all()
        slot = rulebook.ladder.send_slot(now)
        window = {"sends_from": slot.opens, "sends_until": slot.closes}
        for ids in in_chunks(notices):
            session.execute(update(notice).where(notice.c.id.in_(ids)).values(window))
        return len(notices)


def _interrupted(now: datetime) -> Select[tuple[int]]:
    return (
        select(col(Notice.id))
        .join(Delivery, col(Delivery.notice_id) == Notice.id)
        .where(
            col(Notice.status) == NoticeStatus.SENDING,
            col(Notice.sends_until) <= now,
            col(Delivery.status).in_(CLAIMABLE),
        )
    )


def enqueue_notices(house: House, now: datetime) -> DeliveryReport:
    """Put the notices whose hour has come into the outbox; repeatable."""
    with transaction(house.engine) as session:
        return enqueue(session, now)


def deliver_batch(house: House, pace: Pace, clock: Clock) -> DeliveryReport | None:
    """Claim a batch, send it and settle it; None when there was nothing to claim.

    Killed at any point it loses nothing: what was not committed as being sent goes again, and what was
    is settled by `recover_deliveries` once its lease has run out.
    """
    token = uuid4().hex
    now = clock()
    with transaction(house.engine) as session:
        claimed = claim(session, token, now, limit=BATCH[pace], pace=pace, pages=house.pages)
        record_cancelled(session, claimed.cancelled, actor=DELIVERY, now=now)
    report = DeliveryReport(cancelled=claimed.cancelled.total(), dead=claimed.dead)
    if not claimed.parcels:
        return None if report == DeliveryReport() else report
    for flight in _flights(claimed.parcels, pace):
        report += _send(house, token, flight, clock)
    return report


def _flights(parcels: Sequence[Parcel], pace: Pace) -> Iterable[Sequence[Parcel]]:
    return [parcels] if pace is Pace.TOGETHER else [[parcel] for parcel in parcels]


def _send(house: House, token: str, flight: Sequence[Parcel], clock: Clock) -> DeliveryReport:
    """Commit that the parcels are being sent, send them, and commit what became of them."""
    began = clock()
    with transaction(house.engine) as session:
        mine = begin_sending(session, token, began, [parcel.delivery_id for parcel in flight])
    parcels = [parcel for parcel in flight if parcel.delivery_id in mine]
    latest = began + LEASE - MARGIN

    def hand_over(share: Sequence[Parcel]) -> list[tuple[int, Verdict]]:
        return [
            (parcel.delivery_id, _hand_over(house, parcel, clock) if clock() < latest else TOO_LATE) for parcel in share
        ]

    with ThreadPoolExecutor(max_workers=IN_FLIGHT) as pool:
        shares = [parcels[start::IN_FLIGHT] for start in range(min(IN_FLIGHT, len(parcels)))]
        verdicts = dict(verdict for share in pool.map(hand_over, shares) for verdict in share)
    with transaction(house.engine) as session:
        return settle(session, token, clock(), verdicts)


def _hand_over(house: House, parcel: Parcel, clock: Clock) -> Verdict:
    """Open the parcel's channel and send its message; whatever happens becomes a verdict."""
    try:
        address = house.seal.open(parcel.address)
    except Refusal as refusal:
        return Verdict(Outcome.TEMPORARY, str(refusal))
    try:
        sender = open_channel(address, house.site)
    except Refusal as refusal:
        return Verdict(Outcome.PERMANENT, str(refusal))
    try:
        return sender.send(replace(parcel.message, sent_at=clock()))
    except Exception as error:  # noqa: BLE001 - whatever it was, the message may have left
        return Verdict(Outcome.AMBIGUOUS, f"the sender failed: {type(error).__name__}")

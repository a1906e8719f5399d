"""Account for notices: to whom, why, in which words, and what every try of sending them came to."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from actions.house import House
from actions.reading.notice_lines import LineState, read_lines
from actions.reading.notices import NoticeFilter, NoticeState, newest_first, select_notices
from config.errors import Unknown
from config.said import Said
from config.vocabulary import DeliveryStatus, Outcome
from models.assignment import Extension
from models.database import snapshot
from models.dialects import in_chunks
from models.notice import Attempt, Delivery, Notice
from models.officer import Channel, Officer
from models.scope import EVERYTHING, Scope
from notifications.channels.services import service_called

BATCH = 500
"""How many notices are read by one set of queries: what they say is held in memory for so long."""


@dataclass(frozen=True, slots=True)
class ExtensionState:
    """The extension that a message apart tells of: through which day, why, and who granted it when."""

    until: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttemptState:
    """One try and the provider's words; without an end or an outcome it is in flight, or was cut off."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """A notice on its way through one channel, with every try; its texts are None until it is rendered."""

    service: str
    status: DeliveryStatus
    not_before: datetime
    sent_at: datetime | None
    receipt: str | None
    subject: str | None
    body: str | None
    html: str | None
    attempts: tuple[AttemptState, ...]

    @property
    def is_verified(self) -> bool:
        """Tell whether anybody reads what the provider answers: without, accepted means no more than handed over."""
        return service_called(self.service).is_verified


@dataclass(frozen=True, slots=True)
class NoticeDetail:
    """A notice with everything in it."""

    notice: NoticeState
    sends_from: datetime
    sends_until: datetime
    extension: ExtensionState | None
    lines: tuple[LineState, ...]
    deliveries: tuple[DeliveryState, ...]


def read_notice(house: House, notice: int, scope: Scope = EVERYTHING) -> NoticeDetail:
    """Read one notice; Unknown when there is none of that number to an officer inside the scope."""
    with snapshot(house.engine) as session:
        inside = select(col(Notice.id)).join(Officer, col(Officer.id) == Notice.officer_id)
        keys = session.scalars(inside.where(col(Notice.id) == notice, scope.people)).all()
        found = list(_details(session, keys))
    if not found:
        raise Unknown(
            "notice {number}: there is none of this number",
            hint=Said("`rollcall notices list` shows what there is"),
            number=notice,
        )
    return found[0]


def read_details(house: House, wanted: NoticeFilter, *, limit: int | None = None) -> Iterator[NoticeDetail]:
    """Read notices with everything in them, as they were at one instant, batch by batch; the newest day first.

    Refusal, before the first of them, for an unknown campaign or officer.
    """
    with snapshot(house.engine) as session:
        keys = session.scalars(newest_first(session, select(col(Notice.id)), wanted).limit(limit)).all()
        for batch in in_chunks(keys, BATCH):
            yield from _details(session, batch)


def _details(session: Session, notices: Sequence[int]) -> Iterator[NoticeDetail]:
    """Read notices in the order given: a handful of queries however many they are."""
    query = (
        select_notices()
        .add_columns(
            col(Notice.sends_from),
            col(Notice.sends_until),
            col(Extension.until),
            col(Extension.reason),
            col(Extension.granted_by),
            col(Extension.granted_at),
        )
        .join(Extension, col(Extension.id) == Notice.extension_id, isouter=True)
        .where(col(Notice.id).in_(notices))
    )
    width = len(NoticeState.__slots__)
    found = {row[0]: row for row in session.execute(query)}
    lines, deliveries = read_lines(session, notices), _deliveries(session, notices)
    for key in notices:
        if row := found.get(key):
            sends_from, sends_until, until, reason, by, at = row[width:]
            yield NoticeDetail(
                NoticeState(*row[:width]),
                sends_from,
                sends_until,
                ExtensionState(until, reason, by, at) if until else None,
                tuple(lines.get(key, ())),
                tuple(deliveries.get(key, ())),
            )


class _Delivery(NamedTuple):
    """A delivery as it is read, before its tries are put to it."""

    notice_id: int
    id: int
    service: str
    status: DeliveryStatus
    not_before: datetime
    sent_at: datetime | None
    receipt: str | None
    subject: str | None
    body: str | None
    html: str | None


def _deliveries(session: Session, notices: Sequence[int]) -> dict[int, list[DeliveryState]]:
    query = (
        select(
            col(Delivery.notice_id),
            col(Delivery.id),
            col(Channel.service),
            col(Delivery.status),
            col(Delivery.not_before),
            col(Delivery.sent_at),
            col(Delivery.receipt),
            col(Delivery.subject),
            col(Delivery.body),
            col(Delivery.html),
        )
        .join(Channel, col(Channel.id) == Delivery.channel_id)
        .where(col(Delivery.notice_id).in_(notices))
        .order_by(col(Channel.rank), col(Delivery.id))
    )
    attempts = _attempts(session, notices)
    found: defaultdict[int, list[DeliveryState]] = defaultdict(list)
    for one in (_Delivery(*row) for row in session.execute(query)):
        found[one.notice_id].append(DeliveryState(*one[2:], attempts=tuple(attempts.get(one.id, ()))))
    return found


def _attempts(session: Session, notices: Sequence[int]) -> dict[int, list[AttemptState]]:
    query = (
        select(
            col(Attempt.delivery_id),
            col(Attempt.number),
            col(Attempt.started_at),
            col(Attempt.ended_at),
            col(Attempt.outcome),
            col(Attempt.detail),
        )
        .join(Delivery, col(Delivery.id) == Attempt.delivery_id)
        .where(col(Delivery.notice_id).in_(notices))
        .order_by(col(Attempt.delivery_id), col(Attempt.number))
    )
    found: defaultdict[int, list[AttemptState]] = defaultdict(list)
    for delivery_id, *attempt in session.execute(query):
        found[delivery_id].append(AttemptState(*attempt))
    return found

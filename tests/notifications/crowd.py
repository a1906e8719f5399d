"""Many readers at once, each with one notice about the same piece of work, written in a few statements."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

from sqlalchemy import func, insert, select
from sqlmodel import col

from actions.house import House
from config.vocabulary import ChannelStatus, Language, NoticeKind, NoticeStatus, OfficerRole, Section
from models.assignment import Assignment
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice, NoticeLine
from models.officer import Channel, Officer
from notifications.channels.services import service_called
from tests.notifications.factories import EVENING, MORNING

AT_ONCE = 5_000


def a_crowd(
    house: House,
    names: Iterable[str],
    address_of: Callable[[str], str],
    account_id: int | None = None,
    sends_from: datetime = MORNING,
) -> None:
    """Officers of these codes, each with one channel, whose notices send from one instant on."""
    remaining = iter(names)
    while run := list(islice(remaining, AT_ONCE)):
        _write(house, run, address_of, account_id, sends_from)


def _write(
    house: House,
    codes: list[str],
    address_of: Callable[[str], str],
    account_id: int | None,
    sends_from: datetime,
) -> None:
    with transaction(house.engine) as session:
        work, due_at = session.execute(select(col(Assignment.id), col(Assignment.due_at)).limit(1)).one()
        officer = (session.scalar(select(func.max(col(Officer.id)))) or 0) + 1
        notice = (session.scalar(select(func.max(col(Notice.id)))) or 0) + 1
        officers = range(officer, officer + len(codes))
        notices = range(notice, notice + len(codes))
        person = {"role": OfficerRole.GROUP, "language": Language.ZH, "timezone": "Asia/Shanghai", "link_epoch": 0}
        session.execute(
            insert(table_of(Officer)),
            [{"id": key, "code": code, "name": code} | person for key, code in zip(officers, codes, strict=True)],
        )
        session.execute(
            insert(table_of(Channel)),
            [_channel(house, key, address_of(code), account_id) for key, code in zip(officers, codes, strict=True)],
        )
        digest = {
            "campaign_id": 1,
            "kind": NoticeKind.DIGEST,
            "day": sends_from.date(),
            "sends_from": sends_from,
            "sends_until": EVENING,
            "status": NoticeStatus.PLANNED,
            "planned_at": sends_from,
        }
        session.execute(
            insert(table_of(Notice)),
            [{"id": key, "officer_id": who} | digest for key, who in zip(notices, officers, strict=True)],
        )
        line = {"campaign_id": 1, "section": Section.GROUP, "assignment_id": work, "rung": 0, "due_at": due_at}
        session.execute(insert(table_of(NoticeLine)), [{"notice_id": key} | line for key in notices])


def _channel(house: House, officer_id: int, address: str, account_id: int | None) -> dict[str, object]:
    service = address.partition("://")[0]
    return {
        "officer_id": officer_id,
        "service": service,
        "address": house.seal.close(address),
        "fingerprint": house.seal.fingerprint(address),
        "rank": 0,
        "status": ChannelStatus.ACTIVE,
        "account_id": account_id,
        "on_doubt": service_called(service).on_doubt,
        "is_reported": True,
    }

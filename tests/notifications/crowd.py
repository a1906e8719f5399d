"""Many readers at once, each with one notice about the same piece of work, written in a few statements."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from actions.house import House
from actions.registry.channels import add_channels, check_channel
from config.vocabulary import ChannelStatus, Language, NoticeKind, NoticeStatus, OfficerRole, Section
from models.assignment import Assignment
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice, NoticeLine
from models.officer import Channel, Officer
from notifications.channels.services import service_called
from tests.notifications.factories import EVENING, MORNING

AT_ONCE = 5_000
GROUP = {"role": OfficerRole.GROUP, "language": Language.ZH, "timezone": "Asia/Shanghai", "link_epoch": 0}

AddressOf = Callable[[str], str]


def a_crowd(house: House, names: Iterable[str], address_of: AddressOf, account_id: int | None = None) -> None:
    """Officers of these codes and names, each with a notice and one channel, all under one account or none."""
    remaining = iter(names)
    while run := list(islice(remaining, AT_ONCE)):
        with transaction(house.engine) as session:
            officers = _write(session, run, MORNING)
            rows = [_channel(house, key, address_of(name), account_id) for key, name in zip(officers, run, strict=True)]
            session.execute(insert(table_of(Channel)), rows)


def a_crowd_in_reach(house: House, names: Sequence[str], address_of: AddressOf, sends_from: datetime) -> None:
    """The same, the channels checked and put under their accounts as a coordinator's are; to be sent from now on."""
    channels = [check_channel(house, name, address_of(name)) for name in names]
    with transaction(house.engine) as session:
        _write(session, names, sends_from)
        add_channels(session, house, channels)


def _write(session: Session, names: Sequence[str], sends_from: datetime) -> range:
    """Write officers and their notices; return the keys of the officers."""
    work, due_at = session.execute(select(col(Assignment.id), col(Assignment.due_at)).limit(1)).one()
    officer = (session.scalar(select(func.max(col(Officer.id)))) or 0) + 1
    notice = (session.scalar(select(func.max(col(Notice.id)))) or 0) + 1
    officers = range(officer, officer + len(names))
    notices = range(notice, notice + len(names))
    session.execute(
        insert(table_of(Officer)),
        [{"id": key, "code": name, "name": name} | GROUP for key, name in zip(officers, names, strict=True)],
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
    return officers


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

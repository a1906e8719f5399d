"""Channels to add: checked, sealed, and put under the account that their provider counts them by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from config.errors import Refusal
from config.vocabulary import ChannelStatus
from models.account import Account, Slot
from models.dialects import in_chunks, insert_found, table_of, values_table
from models.notice import CLAIMABLE, Delivery
from models.officer import Channel, Officer
from notifications.channels.opening import check_target, open_channel
from notifications.channels.services import service_called

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when a slot that nobody has taken yet is free."""


@dataclass(frozen=True, slots=True)
class NewChannel:
    """An address that was checked, for the officer of a code, with what its provider counts as the sender."""

    officer: str
    address: str = field(repr=False)
    account: str | None = field(repr=False)

    @property
    def service(self) -> str:
        """The service's name."""
        return service_of(self.address)


def check_channel(house: House, officer: str, address: str) -> NewChannel:
    """Check an address; Refusal, without the address in it, when it cannot be opened or may not be reached here."""
    sender = open_channel(address, house.site)
    check_target(sender)
    return NewChannel(officer, address, sender.account)


def service_of(address: str) -> str:
    """Return the part of an address that may be told: `mailto` of `mailto://…`."""
    return address.partition("://")[0].lower()


def add_channels(session: Session, house: House, channels: Sequence[NewChannel]) -> None:
    """Add channels in their order, each after those that its officer has; addresses are stored sealed."""
    accounts = _accounts(session, house, channels)
    for run in in_chunks(channels):
        last = (
            select(col(Officer.code), col(Officer.id), func.coalesce(func.max(col(Channel.rank)), -1))
            .join(Channel, col(Channel.officer_id) == Officer.id, isouter=True)
            .where(col(Officer.code).in_({channel.officer for channel in run}))
            .group_by(col(Officer.id), col(Officer.code))
        )
        ranks = {code: (officer_id, count(rank + 1)) for code, officer_id, rank in session.execute(last)}
        rows = [
            {
                "officer_id": ranks[channel.officer][0],
                "service": channel.service,
                "address": house.seal.close(channel.address),
                "fingerprint": house.seal.fingerprint(channel.address),
                "rank": next(ranks[channel.officer][1]),
                "status": ChannelStatus.ACTIVE,
                "account_id": accounts.get(_account_key(house, channel) or ""),
                "on_doubt": service_called(channel.service).on_doubt,
                "is_reported": True,
            }
            for channel in run
        ]
        session.execute(insert(table_of(Channel)), rows)


def adopt_accounts(session: Session, house: House) -> None:
    """Put channels of an older version under their accounts, and let doubt be settled as their services have it.

    What waits to be sent through them follows. One whose address cannot be opened here stays as it is: its
    next message says why. So does one of which nobody counts anything, and what an operator said of it.
    Harmless when repeated.
    """
    for channel in session.exec(select_rows(Channel).where(col(Channel.account_id).is_(None))):
        try:
            address = house.seal.open(channel.address)
            checked = NewChannel("", address, open_channel(address, house.site).account)
        except Refusal:
            continue
        if checked.account is None:
            continue
        channel.account_id = _accounts(session, house, [checked]).get(_account_key(house, checked) or "")
        channel.on_doubt = service_called(channel.service).on_doubt
        session.add(channel)
    session.flush()
    delivery, channels = table_of(Delivery), table_of(Channel)
    follows = {
        name: select(channels.c[name]).where(channels.c.id == delivery.c.channel_id).scalar_subquery()
        for name in ("account_id", "on_doubt")
    }
    session.execute(update(delivery).where(delivery.c.status.in_(CLAIMABLE)).values(follows))


def _account_key(house: House, channel: NewChannel) -> str | None:
    """Return the keyed digest that an account is found again by."""
    return channel.account and house.seal.fingerprint(f"account:{channel.service}:{channel.account}")


def _accounts(session: Session, house: House, channels: Iterable[NewChannel]) -> dict[str, int]:
    """Find the accounts of channels by their fingerprints; those that are new are added, with their slots."""
    services = {key: channel.service for channel in channels if (key := _account_key(house, channel))}
    for run in in_chunks(list(services)):
        new = [(services[key], key, *_rate_of(services[key])) for key in run]
        _insert_missing(session, new)
    found: dict[str, int] = {}
    for run in in_chunks(list(services)):
        query = select(col(Account.fingerprint), col(Account.id)).where(col(Account.fingerprint).in_(run))
        found |= dict(session.execute(query).tuples().all())
    return found


def _rate_of(service: str) -> tuple[int | None, int | None]:
    rate = service_called(service).rate
    return (rate.count, rate.seconds) if rate else (None, None)


def _insert_missing(session: Session, accounts: Sequence[tuple[str, str, int | None, int | None]]) -> None:
    """Add the accounts that are not there, and the slots of those that have a rate and no slots yet."""
    account = table_of(Account)
    columns = ["service", "fingerprint", "rate_count", "rate_seconds"]
    rows = values_table(session, "given", [account.c[name] for name in columns], accounts)
    given = select(rows).order_by(rows.c.fingerprint)
    session.execute(insert_found(Account, columns, given, "(fingerprint) DO NOTHING"))
    limited = select(account.c.id, account.c.rate_count).where(
        account.c.fingerprint.in_([fingerprint for _, fingerprint, *_ in accounts]), account.c.rate_count.is_not(None)
    )
    slots = [
        {"account_id": key, "number": number, "free_at": LONG_AGO}
        for key, rate in session.execute(limited).tuples()
        for number in range(1, (rate or 0) + 1)
    ]
    if slots:
        slot = table_of(Slot)
        there = set(
            session.scalars(select(slot.c.account_id).where(slot.c.account_id.in_([s["account_id"] for s in slots])))
        )
        if new := [row for row in slots if row["account_id"] not in there]:
            session.execute(insert(slot), new)

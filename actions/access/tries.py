"""Tries at passwords: counted before a password is looked at, so that forty at once are forty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from actions.house import House
from config.errors import TooOften
from models.database import transaction
from models.dialects import one_after_another, table_of
from models.user import FailedLogin
from rules.throttling import FOR_ADDRESS, FOR_LOGIN, Failures, Patience, next_try_at

_MINUTES_FROM = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was let through; its fingerprints tell nothing of the login and the address to who reads the table."""

    login: str
    address: str
    at: datetime


def begin_try(house: House, login: str, address: str, *, now: datetime) -> Try:
    """Count a try at the password of a login, known or not, from an address, until `forget_try` takes it back.

    Raises TooOften, and counts nothing, while one of the two has to wait: the right password is not looked
    at either. Failures that count no more are swept.
    """
    begun = Try(house.seal.fingerprint(f"login:{login}"), house.seal.fingerprint(f"address:{address}"), now)
    waits = {begun.login: FOR_LOGIN, begun.address: FOR_ADDRESS}
    failed = table_of(FailedLogin)
    with transaction(house.engine) as session:
        one_after_another(session, *waits)
        session.execute(delete(failed).where(failed.c.at <= now - FOR_LOGIN.counts_for))
        _refuse_early(session, waits, now)
        session.execute(insert(failed), [{"fingerprint": each, "at": now} for each in waits])
    return begun


def forget_try(session: Session, begun: Try) -> None:
    """Take back what was counted for a login that was proved: all of the login's, and this one of the address's."""
    failed = table_of(FailedLogin)
    session.execute(delete(failed).where(failed.c.fingerprint == begun.login))
    own = select(func.min(failed.c.id)).where(failed.c.fingerprint == begun.address, failed.c.at == begun.at)
    session.execute(delete(failed).where(failed.c.id == own.scalar_subquery()))


def _refuse_early(session: Session, waits: Mapping[str, Patience], now: datetime) -> None:
    nexts = (next_try_at(_failures(session, each, now - its.counts_for), its) for each, its in waits.items())
    until = max(filter(None, nexts), default=now)
    if until <= now:
        return
    wait = until - now
    if wait <= _MINUTES_FROM:
        seconds = ceil(wait.total_seconds())
        raise TooOften("too many tries went wrong; try again in {seconds} s", wait=wait, seconds=seconds)
    minutes = ceil(wait / timedelta(minutes=1))
    raise TooOften("too many tries went wrong; try again in {minutes} min", wait=wait, minutes=minutes)


def _failures(session: Session, fingerprint: str, since: datetime) -> Failures:
    failed = table_of(FailedLogin)
    query = select(func.count(), func.max(failed.c.at)).where(failed.c.fingerprint == fingerprint, failed.c.at > since)
    return Failures(*session.execute(query).one())

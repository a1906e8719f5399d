"""The officers of a registry file, and their channels, against those that are there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import func, insert, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from config.errors import Refusal
from config.registry import Column, RegistryRow, Rejection
from config.vocabulary import ChannelStatus, OfficerRole
from models.dialects import in_chunks, table_of
from models.officer import Channel, Officer
from notifications.channels.opening import check_channel


@dataclass(frozen=True)
class OfficerDiff:
    """Names of officers to add or to change by code, addresses to add in their order, and what cannot be taken."""

    new: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    names_before: dict[str, str] = field(default_factory=dict)
    channels: list[tuple[str, str]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.renamed or self.channels)


def compare_officers(session: Session, house: House, rows: Sequence[RegistryRow]) -> OfficerDiff:
    """Find the officers and addresses that are new or said to be different; what a row leaves blank stays."""
    named = [(row.line, row.branch) for row in rows if row.branch and row.branch.officer_code]
    codes = list(dict.fromkeys(branch.officer_code or "" for _, branch in named))
    there = {officer.code: officer for officer in _officers(session, codes)}
    known = _fingerprints(session, codes)
    diff = OfficerDiff()
    names = {branch.officer_code: branch.officer_name for _, branch in named if branch.officer_name}
    for line, branch in named:
        code, name = branch.officer_code or "", names.get(branch.officer_code)
        officer = there.get(code)
        if officer is None and name is None:
            reason = "this officer is not known yet, so the row needs an officer_name"
            diff.rejected.append(Rejection(line, Column.OFFICER_CODE, code, reason))
        elif officer is None:
            diff.new.setdefault(code, name or "")
        elif name not in (None, officer.name):
            diff.renamed[code], diff.names_before[code] = name or "", officer.name
        if branch.channel is None or (code, house.seal.fingerprint(branch.channel)) in known:
            continue
        known.add((code, house.seal.fingerprint(branch.channel)))
        try:
            check_channel(branch.channel)
        except Refusal as refusal:
            hidden = f"{service_of(branch.channel)}://…"
            diff.rejected.append(Rejection(line, Column.CHANNEL, hidden, str(refusal)))
        else:
            diff.channels.append((code, branch.channel))
    return diff


def write_officers(session: Session, house: House, diff: OfficerDiff) -> None:
    """Add and rename officers; a new address is tried after those that the officer has."""
    settings = house.settings
    if diff.new:
        rows = [
            {
                "code": code,
                "name": name,
                "role": OfficerRole.LIAISON,
                "language": settings.language,
                "timezone": settings.timezone,
            }
            for code, name in diff.new.items()
        ]
        session.execute(insert(table_of(Officer)), rows)
    for officer in _officers(session, list(diff.renamed)):
        officer.name = diff.renamed[officer.code]
        session.add(officer)
    session.flush()
    _add_channels(session, house, diff.channels)


def add_channel(session: Session, house: House, officer: Officer, address: str) -> None:
    """Give an officer one more address, after those there are; the address is stored sealed."""
    _add_channels(session, house, [(officer.code, address)])


def service_of(address: str) -> str:
    """Return the part of an address that may be told: `mailto` of `mailto://…`."""
    return address.partition("://")[0].lower()


def _add_channels(session: Session, house: House, addresses: Sequence[tuple[str, str]]) -> None:
    """Add addresses by the codes of their officers, in their order."""
    for run in in_chunks(addresses):
        last = (
            select(col(Officer.code), col(Officer.id), func.coalesce(func.max(col(Channel.rank)), -1))
            .join(Channel, col(Channel.officer_id) == Officer.id, isouter=True)
            .where(col(Officer.code).in_({code for code, _ in run}))
            .group_by(col(Officer.id), col(Officer.code))
        )
        ranks = {code: (officer_id, count(rank + 1)) for code, officer_id, rank in session.execute(last)}
        rows = [
            {
                "officer_id": ranks[code][0],
                "service": service_of(address),
                "address": house.seal.close(address),
                "fingerprint": house.seal.fingerprint(address),
                "rank": next(ranks[code][1]),
                "status": ChannelStatus.ACTIVE,
            }
            for code, address in run
        ]
        session.execute(insert(table_of(Channel)), rows)


def _officers(session: Session, codes: Sequence[str]) -> list[Officer]:
    return [
        officer
        for run in in_chunks(codes)
        for officer in session.exec(select_rows(Officer).where(col(Officer.code).in_(run)))
    ]


def _fingerprints(session: Session, codes: Sequence[str]) -> set[tuple[str, str]]:
    """Read which officers have which addresses."""
    return {
        (code, fingerprint)
        for run in in_chunks(codes)
        for code, fingerprint in session.execute(
            select(col(Officer.code), col(Channel.fingerprint))
            .join(Channel, col(Channel.officer_id) == Officer.id)
            .where(col(Officer.code).in_(run))
        )
    }

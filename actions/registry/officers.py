"""The officers of a registry file, and their channels, against those that are there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.registry.channels import NewChannel, add_channels, check_channel, service_of
from config.errors import Refusal
from config.registry import Column, RegistryRow, Rejection
from config.said import Said
from config.vocabulary import OfficerRole
from models.dialects import in_chunks, table_of
from models.officer import Channel, Officer


@dataclass(frozen=True)
class OfficerDiff:
    """Names of officers to add or to change by code, addresses to add in their order, and what cannot be taken."""

    new: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    names_before: dict[str, str] = field(default_factory=dict)
    channels: list[NewChannel] = field(default_factory=list)
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
            reason = Said("this officer is not known yet, so the row needs an officer_name")
            diff.rejected.append(Rejection(line, Column.OFFICER_CODE, code, reason))
        elif officer is None:
            diff.new.setdefault(code, name or "")
        elif name not in (None, officer.name):
            diff.renamed[code], diff.names_before[code] = name or "", officer.name
        if branch.channel is None or (code, house.seal.fingerprint(branch.channel)) in known:
            continue
        known.add((code, house.seal.fingerprint(branch.channel)))
        try:
            diff.channels.append(check_channel(house, code, branch.channel))
        except Refusal as refusal:
            hidden = f"{service_of(branch.channel)}://…"
            diff.rejected.append(Rejection(line, Column.CHANNEL, hidden, refusal.said))
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
    add_channels(session, house, diff.channels)


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

"""The officers of a registry file, and their channels, against those that are there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.registry.channels import NewChannel, add_channels, check_channel, service_of
from config.errors import Refusal
from config.registry import Branches, BranchRow, Column, Registry, Rejection
from config.registry.rows import BranchColumns
from config.said import Said
from config.vocabulary import OfficerRole
from models.bulk import insert_rows
from models.dialects import in_chunks
from models.officer import Channel, Officer
from models.parameters import CODES, CODES_A_STATEMENT, among

_CODE, _NAME, _CHANNEL = map(BranchRow._fields.index, ("officer_code", "officer_name", "channel"))
_NAMES = select(col(Officer.code), col(Officer.name)).where(among(col(Officer.code), CODES))
_FINGERPRINTS = (
    select(col(Officer.code), col(Channel.fingerprint))
    .join(Channel, col(Channel.officer_id) == Officer.id)
    .where(among(col(Officer.code), CODES))
)
"""Which officers have which addresses."""


@dataclass(frozen=True)
class OfficerDiff:
    """Names of officers to add or to change by code, addresses to add in their order, and what cannot be taken."""

    new: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    names_before: dict[str, str] = field(default_factory=dict)
    channels: list[NewChannel] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    rejected_places: set[int] = field(default_factory=set)
    known_channels: set[tuple[str, str]] = field(default_factory=set, repr=False)

    def refuse(self, registry: Registry, place: int, column: Column, value: str, reason: Said) -> None:
        """Note a cell that cannot be taken."""
        self.rejected.append(registry.reject(place, column, value, reason))
        self.rejected_places.add(place)

    def __bool__(self) -> bool:
        return bool(self.new or self.renamed or self.channels)


def compare_officers(session: Session, house: House, registry: Registry, branches: Branches) -> OfficerDiff:
    """Find the officers and addresses that are new or said to be different; what the rows leave blank stays."""
    diff = OfficerDiff()
    names: dict[str, str] = {}
    for columns in branches.columns():
        codes, said = columns[_CODE], columns[_NAME]
        names.update((code, name) for code, name in zip(codes, said, strict=True) if name)
    for columns in branches.columns():
        places, codes, channels = columns[0], columns[_CODE], columns[_CHANNEL]
        there = dict(_read(session, _NAMES, [code for code in codes if code]))
        for place, code in zip(places, codes, strict=True):
            if code is None:
                continue
            name = names.get(code)
            if code in there:
                if name not in (None, there[code]):
                    diff.renamed[code], diff.names_before[code] = name or "", there[code]
            elif name is None:
                reason = Said("this officer is not known yet, so the row needs an officer_name")
                diff.refuse(registry, place, Column.OFFICER_CODE, code, reason)
            else:
                diff.new[code] = name
        if any(channels):
            _compare_channels(session, house, registry, columns, diff)
    return diff


def _compare_channels(
    session: Session, house: House, registry: Registry, columns: BranchColumns, diff: OfficerDiff
) -> None:
    places, codes, channels = columns[0], columns[_CODE], columns[_CHANNEL]
    known = diff.known_channels
    known.update(
        _read(session, _FINGERPRINTS, [code for code, channel in zip(codes, channels, strict=True) if channel])
    )
    for place, code, channel in zip(places, codes, channels, strict=True):
        if channel is None or (code, house.seal.fingerprint(channel)) in known:
            continue
        known.add((code, house.seal.fingerprint(channel)))
        try:
            diff.channels.append(check_channel(house, code, channel))
        except Refusal as refusal:
            diff.refuse(registry, place, Column.CHANNEL, f"{service_of(channel)}://…", refusal.said)


def write_officers(session: Session, house: House, diff: OfficerDiff) -> None:
    """Add and rename officers; a new address is tried after those that the officer has."""
    settings = house.settings
    said = (OfficerRole.LIAISON.value, settings.language.value, settings.timezone, 0)
    columns = ("code", "name", "role", "language", "timezone", "link_epoch")
    insert_rows(session, Officer, columns, ((code, name, *said) for code, name in diff.new.items()))
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


def _read(session: Session, query: Select[tuple[str, str]], codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    for run in in_chunks(codes, CODES_A_STATEMENT):
        yield from session.execute(query, {"codes": run}).tuples()

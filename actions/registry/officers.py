"""The officers of a registry file, and their channels, against those that are there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.registry.channels import NewChannel, add_channels, check_channel, service_of
from config.errors import Refusal
from config.registry import Column, Registry, Rejection
from config.registry.officers import Officers
from config.said import Said
from config.vocabulary import OfficerRole
from models.bulk import insert_rows
from models.dialects import in_chunks, table_of
from models.officer import Channel, Officer
from models.parameters import CODES, CODES_A_STATEMENT, among

_OFFICER, _CHANNEL = table_of(Officer).c, table_of(Channel).c
_NAMES = select(_OFFICER.code, _OFFICER.name).where(among(_OFFICER.code, CODES))
_FINGERPRINTS = (
    select(_OFFICER.code, _CHANNEL.fingerprint)
    .join_from(table_of(Officer), table_of(Channel), _CHANNEL.officer_id == _OFFICER.id)
    .where(among(_OFFICER.code, CODES))
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

    def refuse(self, registry: Registry, place: int, column: Column, value: str, reason: Said) -> None:
        """Note a cell that cannot be taken."""
        self.rejected.append(registry.reject(place, column, value, reason))
        self.rejected_places.add(place)

    def __bool__(self) -> bool:
        return bool(self.new or self.renamed or self.channels)


def compare_officers(session: Session, house: House, registry: Registry, officers: Officers) -> OfficerDiff:
    """Find the officers and addresses that are new or said to be different; what the rows leave blank stays."""
    diff = OfficerDiff()
    there: dict[str, str] = {}
    if session.scalar(select(_OFFICER.id).limit(1)) is not None:
        there.update(_read(session, _NAMES, list(officers.places)))
    for code, place in officers.places.items():
        name = officers.names.get(code)
        if code in there:
            if name not in (None, there[code]):
                diff.renamed[code], diff.names_before[code] = name or "", there[code]
        elif name is None:
            reason = Said("this officer is not known yet, so the row needs an officer_name")
            diff.refuse(registry, place, Column.OFFICER_CODE, code, reason)
        else:
            diff.new[code] = name
    known = set(_read(session, _FINGERPRINTS, list(officers.channels)))
    for address in officers.channels.values():
        if (address.officer, house.seal.fingerprint(address.channel)) in known:
            continue
        try:
            diff.channels.append(check_channel(house, address.officer, address.channel))
        except Refusal as refusal:
            hidden = f"{service_of(address.channel)}://…"
            diff.refuse(registry, address.place, Column.CHANNEL, hidden, refusal.said)
    return diff


def write_officers(session: Session, house: House, diff: OfficerDiff) -> dict[str, int]:
    """Add and rename officers; a new address is tried after those that the officer has.

    Returns the keys of those that are new, by their codes.
    """
    settings = house.settings
    said = (OfficerRole.LIAISON.value, settings.language.value, settings.timezone, 0)
    columns = ("code", "name", "role", "language", "timezone", "link_epoch")
    last = session.scalar(select(func.coalesce(func.max(_OFFICER.id), 0)))
    insert_rows(session, Officer, columns, ((code, name, *said) for code, name in diff.new.items()))
    added = session.connection().execute(select(_OFFICER.code, _OFFICER.id).where(_OFFICER.id > last)).tuples()
    for officer in _officers(session, list(diff.renamed)):
        officer.name = diff.renamed[officer.code]
        session.add(officer)
    session.flush()
    add_channels(session, house, diff.channels)
    return dict(added.all())


def _officers(session: Session, codes: Sequence[str]) -> list[Officer]:
    return [
        officer
        for run in in_chunks(codes)
        for officer in session.exec(select_rows(Officer).where(col(Officer.code).in_(run)))
    ]


def _read(session: Session, query: Select[tuple[str, str]], codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    connection = session.connection()
    for run in in_chunks(codes, CODES_A_STATEMENT):
        yield from connection.execute(query, {"codes": run}).tuples()

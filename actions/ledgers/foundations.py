"""The ledger of foundations: who is a prospect, and what keeps an entry out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from actions.ledgers.places import Found
from actions.rulebook import Rulebook
from config.ledgers.entry import Entry
from config.ledgers.foundation import FoundationEntry
from config.ledgers.writing import WrongEntry
from config.said import Said
from config.vocabulary import BranchKind, BranchStatus, FoundationStatus
from models.branch import Branch
from models.dialects import in_chunks
from models.ledgers.foundation import Foundation
from rules.founding import ENOUGH_MEMBERS, FIRST_FROM, alike, is_organisation_of, least_members, plain_name

IS_PROSPECT: ColumnElement[bool] = (col(Foundation.status) == FoundationStatus.PROSPECT) & (
    col(Foundation.full_members) >= ENOUGH_MEMBERS
)
"""`rules.founding.can_found`, as a condition."""

COMES_FIRST: ColumnElement[bool] = col(Foundation.employees) >= FIRST_FROM
"""`rules.founding.comes_first`, as a condition."""

_HAS_NONE_YET = frozenset({FoundationStatus.PROSPECT, FoundationStatus.PREPARING})


@dataclass(frozen=True, slots=True)
class _Organisation:
    """An organisation at work, as the registry has it."""

    code: str
    name: str
    kind: BranchKind


@dataclass(frozen=True, slots=True)
class _Standing:
    """An entry that counts; without a number it is about to be written."""

    number: int | None
    enterprise: str
    kind: BranchKind


def check_foundations(
    session: Session, rulebook: Rulebook, entries: Sequence[Entry], found: Found, *, instead_of: int | None = None
) -> None:
    """Raise WrongEntry where an entry of this ledger breaks the practice of founding; others pass.

    An enterprise has one entry for its branch, and one for each other kind of organisation; none begins where the
    registry has one at work; a branch is founded with enough members. `instead_of` is the number of the entry that
    these take the place of. Nobody else writes the ledger meanwhile: it was locked.
    """
    ours = [entry for entry in entries if isinstance(entry, FoundationEntry)]
    if not ours:
        return
    units = {found.place(entry).unit_id for entry in ours}
    standing = _read_standing(session, rulebook, units, instead_of)
    organisations = _read_organisations(session, units)
    for entry in ours:
        unit_id = found.place(entry).unit_id
        _check_members(entry)
        if entry.status in _HAS_NONE_YET:
            _check_registry(entry, organisations[unit_id])
        _check_once(entry, standing[unit_id])


def _check_members(entry: FoundationEntry) -> None:
    least = least_members(entry.kind)
    if entry.status is FoundationStatus.FOUNDED and entry.full_members < least:
        raise WrongEntry(
            {
                "full_members": Said(
                    "{count} are too few to found it; {least} are needed", count=entry.full_members, least=least
                )
            }
        )


def _check_registry(entry: FoundationEntry, organisations: Iterable[_Organisation]) -> None:
    for each in organisations:
        if each.kind in alike(entry.kind) and is_organisation_of(each.name, entry.enterprise):
            raise WrongEntry(
                {
                    "enterprise": Said(
                        "has its organisation in the registry: {code}, {name}", code=each.code, name=each.name
                    )
                }
            )


def _check_once(entry: FoundationEntry, standing: list[_Standing]) -> None:
    """Refuse a second entry of an enterprise; one that is taken stands from now on."""
    for other in standing:
        if other.kind in alike(entry.kind) and plain_name(other.enterprise) == plain_name(entry.enterprise):
            fault = Said("stands in entry {number}; correct that one", number=other.number)
            raise WrongEntry({"enterprise": fault if other.number else Said("is entered twice")})
    standing.append(_Standing(None, entry.enterprise, entry.kind))


def _read_standing(
    session: Session, rulebook: Rulebook, units: Collection[int], instead_of: int | None
) -> defaultdict[int, list[_Standing]]:
    found: defaultdict[int, list[_Standing]] = defaultdict(list)
    for run in in_chunks(sorted(units)):
        query = select(
            col(Foundation.unit_id), col(Foundation.number), col(Foundation.enterprise), col(Foundation.kind)
        ).where(
            col(Foundation.campaign_id) == rulebook.campaign_id,
            col(Foundation.struck_at).is_(None),
            col(Foundation.unit_id).in_(run),
        )
        for unit_id, number, *rest in session.execute(query).tuples():
            if number != instead_of:
                found[unit_id].append(_Standing(number, *rest))
    return found


def _read_organisations(session: Session, units: Collection[int]) -> defaultdict[int, list[_Organisation]]:
    found: defaultdict[int, list[_Organisation]] = defaultdict(list)
    for run in in_chunks(sorted(units)):
        query = select(col(Branch.unit_id), col(Branch.code), col(Branch.name), col(Branch.kind)).where(
            col(Branch.status) == BranchStatus.ACTIVE, col(Branch.unit_id).in_(run)
        )
        for unit_id, *rest in session.execute(query).tuples():
            found[unit_id].append(_Organisation(*rest))
    return found

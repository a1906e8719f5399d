"""Find what entries name by codes: branches of the campaign, units of the tree, and officers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from actions.ledgers.tables import Place
from actions.participants import enrolled
from actions.rulebook import Rulebook
from config.errors import Forbidden, Unknown
from config.ledgers.entry import BranchEntry, Entry, UnitEntry
from models.branch import Branch
from models.dialects import in_chunks
from models.officer import Officer
from models.scope import Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Found:
    """What the codes of some entries stand for."""

    branches: Mapping[str, Place]
    units: Mapping[str, Place]
    officers: Mapping[str, int]

    def place(self, entry: Entry) -> Place:
        """Return whom an entry speaks of."""
        if isinstance(entry, BranchEntry):
            return self.branches[entry.branch]
        assert isinstance(entry, UnitEntry)
        return self.units[entry.unit]

    def officer(self, entry: Entry) -> int | None:
        """Return the key of the officer that an entry names, None where it names none."""
        code: str | None = getattr(entry, "officer", None)
        return None if code is None else self.officers[code]


def find_places(session: Session, rulebook: Rulebook, entries: Sequence[Entry], scope: Scope) -> Found:
    """Look up all that entries name, in as many queries as there are kinds of names.

    Raises Unknown for a branch that is not in the campaign, or not in the scope, and for an unknown unit or
    officer, and Forbidden for a unit to whoever sees branches alone.
    """
    branches = list(dict.fromkeys(entry.branch for entry in entries if isinstance(entry, BranchEntry)))
    units = list(dict.fromkeys(entry.unit for entry in entries if isinstance(entry, UnitEntry)))
    officers = list(dict.fromkeys(code for entry in entries if (code := getattr(entry, "officer", None))))
    return Found(
        _branches(session, rulebook, branches, scope), _units(session, units, scope), _officers(session, officers)
    )


def _branches(session: Session, rulebook: Rulebook, codes: Sequence[str], scope: Scope) -> dict[str, Place]:
    ids = enrolled(session, rulebook, codes)
    found: dict[str, Place] = {}
    for run in in_chunks(list(ids.values())):
        query = select(col(Branch.code), col(Branch.unit_id), col(Branch.id)).where(col(Branch.id).in_(run))
        found |= {code: Place(unit, branch) for code, unit, branch in session.execute(query.where(scope.branches))}
    for code in codes:
        if code not in found:
            raise Unknown("branch {code}: not in the registry", code=code)
    return found


def _units(session: Session, codes: Sequence[str], scope: Scope) -> dict[str, Place]:
    if codes and not scope.sees_units:
        raise Forbidden("this ledger is kept by whoever answers for the unit")
    found: dict[str, Place] = {}
    for run in in_chunks(codes):
        query = select(col(Unit.code), col(Unit.id)).where(col(Unit.code).in_(run), scope.units)
        found |= {code: Place(unit, None) for code, unit in session.execute(query)}
    for code in codes:
        if code not in found:
            raise Unknown("unit {code}: not in the registry", code=code)
    return found


def _officers(session: Session, codes: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for run in in_chunks(codes):
        query = select(col(Officer.code), col(Officer.id)).where(col(Officer.code).in_(run))
        found.update((code, officer) for code, officer in session.execute(query))
    for code in codes:
        if code not in found:
            raise Unknown("officer {code}: not known here", code=code)
    return found

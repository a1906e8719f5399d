"""Read the evidence that came with answers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from actions.evidence.kinds import SHOWN
from actions.evidence.store import Store
from actions.house import House
from config.errors import Unknown
from models.assignment import Assignment
from models.branch import Branch
from models.database import snapshot
from models.evidence import Evidence
from models.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """A file of an answer; `is_shown` tells whether a browser may show it, all others are handed over to be kept."""

    number: int
    name: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str

    @property
    def is_shown(self) -> bool:
        """Whether it is a picture or a PDF."""
        return self.media_type in SHOWN


def read_evidence(house: House, number: int, *, scope: Scope = EVERYTHING) -> tuple[EvidenceState, Iterator[bytes]]:
    """Read a file and what is known of it; Unknown when it is not there, was removed, or is not in the scope."""
    query = (
        select(Evidence)
        .join(Assignment, col(Assignment.id) == Evidence.assignment_id)
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .where(Evidence.id == number, col(Evidence.removed_at).is_(None), scope.branches)
    )
    with snapshot(house.engine) as session:
        found = session.exec(query).one_or_none()
    if found is None:
        raise Unknown("evidence {number}: there is none of this number", number=number)
    return _state(found), Store(house.settings.evidence_place).read(found.place)


def evidence_of(session: Session, works: Sequence[int]) -> defaultdict[int, tuple[EvidenceState, ...]]:
    """Read the files of work by the assignments' ids, the first added first."""
    query = (
        select(Evidence)
        .where(col(Evidence.assignment_id).in_(works), col(Evidence.removed_at).is_(None))
        .order_by(col(Evidence.id))
    )
    found: defaultdict[int, tuple[EvidenceState, ...]] = defaultdict(tuple)
    for kept in session.exec(query):
        found[kept.assignment_id] += (_state(kept),)
    return found


def _state(kept: Evidence) -> EvidenceState:
    return EvidenceState(kept.id, kept.name, kept.media_type, kept.size, kept.added_at, kept.added_by)

"""Whether work that asks for evidence has some."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from actions.assignments.named import Work
from actions.rulebook import Rulebook
from config.errors import Refusal
from models.dialects import in_chunks
from models.evidence import Evidence


class NoEvidence(Refusal):
    """Work that asks for evidence and has none."""


def lacking_evidence(session: Session, rulebook: Rulebook, works: Iterable[Work]) -> set[int]:
    """Return, by id, those of them that ask for evidence in their campaign file and have none."""
    asking = {work.id for work in works if rulebook.definition.stage(work.stage).task(work.task).evidence}
    there: set[int] = set()
    for run in in_chunks(sorted(asking)):
        there.update(
            session.exec(
                select(Evidence.assignment_id).where(
                    col(Evidence.assignment_id).in_(run), col(Evidence.removed_at).is_(None)
                )
            )
        )
    return asking - there

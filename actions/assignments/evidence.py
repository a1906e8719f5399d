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


def check_evidence(session: Session, rulebook: Rulebook, works: Iterable[Work]) -> None:
    """Raise NoEvidence for the first of them that asks for evidence in its campaign file and has none."""
    asking = [work for work in works if rulebook.definition.stage(work.stage).task(work.task).evidence]
    there: set[int] = set()
    for run in in_chunks([work.id for work in asking]):
        there.update(
            session.exec(
                select(Evidence.assignment_id).where(
                    col(Evidence.assignment_id).in_(run), col(Evidence.removed_at).is_(None)
                )
            )
        )
    for work in asking:
        if work.id not in there:
            raise NoEvidence("{work}: asks for evidence; add a photo, a PDF or an Office file", work=work.label)

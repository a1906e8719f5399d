"""How work stood when a form about it was made."""

from datetime import datetime

from actions.assignments.named import Work
from actions.rulebook import Rulebook
from actions.seen import as_seen
from config.errors import Stale
from config.vocabulary import AssignmentStatus


def fingerprint(status: AssignmentStatus, done_at: datetime | None, due_at: datetime, reopened: int) -> str:
    """Return what a form about this work bears: another one once it was done, waived, reopened or given another day.

    `reopened` counts how often it was: what was answered, and opened again, is not what it was before.
    """
    return as_seen(status, done_at, due_at, reopened)


def seen_of(work: Work) -> str:
    """Return the fingerprint of work that was read for writing."""
    return fingerprint(work.status, work.done_at, work.due_at, work.reopened)


def check_seen(rulebook: Rulebook, work: Work, seen: str | None) -> None:
    """Raise Stale when a form was made from another state of the work; None is from somebody who looked at none."""
    if seen is None or seen == seen_of(work):
        return
    raise changed_meanwhile(work.titled(rulebook), work.status, work.done_by)


def changed_meanwhile(label: str, status: AssignmentStatus, who: str | None) -> Stale:
    """Say what became of work since a form about it was made."""
    match status:
        case AssignmentStatus.DONE:
            return Stale("{work}: was done meanwhile, by {who}; nothing was changed", work=label, who=who)
        case AssignmentStatus.WAIVED:
            return Stale("{work}: was waived meanwhile; nothing was changed", work=label)
        case AssignmentStatus.OPEN:
            return Stale("{work}: was reopened or given another day meanwhile; nothing was changed", work=label)

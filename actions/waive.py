"""Waive work: a branch is let off a task."""

from datetime import datetime

from actions.assignments.counters import Change, apply_changes
from actions.assignments.frozen import check_not_frozen
from actions.assignments.named import Named, lock_work, write_state
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import open_rulebook
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.database import transaction


def waive(house: House, campaign: str, name: Named, *, reason: str, actor: str, now: datetime) -> bool:
    """Let a branch off open work; return whether this call did it.

    Waived work counts neither for completeness nor for timeliness. Waiving it again is harmless; work
    that is done is refused, since it would lose its answer, and so is work that was passed on.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        work = lock_work(session, rulebook, [name])[name]
        if work.status is AssignmentStatus.WAIVED:
            return False
        if work.status is AssignmentStatus.DONE:
            raise Refusal(
                "{work}: done already by {who}; reopen it before it is waived",
                work=work.titled(rulebook),
                who=work.done_by,
            )
        check_not_frozen(session, rulebook, work)
        state = {
            "id": work.id,
            "status": AssignmentStatus.WAIVED,
            "done_at": None,
            "done_by": None,
            "note": reason,
            "next_reminder_at": None,
        }
        write_state(session, [state])
        apply_changes(session, [(work.counter, Change(waived=1))])
        waived = event_row(
            EventKind.ASSIGNMENT_WAIVED,
            work.label,
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            branch_id=work.branch_id,
            before={"status": work.status},
            after={"status": AssignmentStatus.WAIVED},
            reason=reason,
        )
        record(session, waived)
        return True

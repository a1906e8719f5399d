"""Complete work: a branch says that a task is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlmodel import Session

from actions.assignments.counters import Change, apply_changes
from actions.assignments.evidence import NoEvidence, lacking_evidence
from actions.assignments.figures import ALONE, Around, read_figures
from actions.assignments.frozen import find_frozen
from actions.assignments.named import Named, Work, lock_what_is_there, write_state
from actions.assignments.neighbours import figures_around
from actions.assignments.seen import check_seen
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.assignment import FigureValue
from models.database import transaction
from models.dialects import table_of
from models.scope import EVERYTHING, Scope
from rules.deadlines import local_day

_ADD_FIGURES = insert(table_of(FigureValue))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a branch answers: the task (`task` or `stage/task`) is done, with its figures, since an instant.

    `seen` is the fingerprint of the work as whoever answers saw it; None where nobody looked.
    `scope` is what whoever answers may see: work outside is not there for them.
    """

    branch: str
    task: str
    at: datetime
    actor: str
    figures: Mapping[str, int | Decimal] = field(default_factory=dict)
    note: str | None = None
    seen: str | None = None
    scope: Scope = EVERYTHING

    @property
    def name(self) -> Named:
        """The work it speaks of."""
        return Named(self.branch, self.task, self.scope)


class Completion(StrEnum):
    """What became of an answer."""

    COMPLETED = "completed"
    DONE_BEFORE = "done_before"
    WAIVED_BEFORE = "waived_before"


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the work stands after an answer: when and by whom it was done, which may be somebody before."""

    branch: str
    stage: str
    task: str
    completion: Completion
    due_at: datetime
    done_at: datetime | None
    done_by: str | None


class Fresh(NamedTuple):
    """An answer that changes something, the work as it was, and the figures as they are stored."""

    answer: Answer
    work: Work
    figures: Mapping[str, int]


def complete(house: House, campaign: str, answers: Sequence[Answer]) -> tuple[Receipt, ...]:
    """Complete work, all answers in one transaction; their receipts come in the same order.

    Work that is done or waived already is left as it is, and the receipt says so: an answer repeated is
    harmless. Raises Refusal for an unknown branch or task, a window not open by then, figures that are
    missing, unknown, out of range or against a rule, for work that was passed on or asks for evidence and has none,
    and Stale for work that is not as it was seen; nothing is then written.
    """
    with transaction(house.engine) as session:
        return tuple(map(_or_raise, _complete(session, house, campaign, answers)))


def complete_each(house: House, campaign: str, answers: Sequence[Answer]) -> tuple[Receipt | Refusal, ...]:
    """Complete work that people have answered apart from one another, in one transaction for the sake of speed.

    As `complete`, except that an answer that is refused harms no other: its refusal stands in the place of its
    receipt. Raises Refusal for an unknown campaign.
    """
    with transaction(house.engine) as session:
        return tuple(_complete(session, house, campaign, answers))


def _complete(session: Session, house: House, campaign: str, answers: Sequence[Answer]) -> list[Receipt | Refusal]:
    rulebook = open_rulebook(session, house, campaign)
    found = lock_what_is_there(session, rulebook, [answer.name for answer in answers])
    there = [work for work in found.values() if isinstance(work, Work)]
    lacking = lacking_evidence(session, rulebook, there)
    frozen, around = find_frozen(session, rulebook, there), figures_around(session, rulebook, there)
    settled: dict[int, Work] = {}  # one work may be answered twice, at once or by two names
    outcomes: list[Receipt | Refusal] = []
    fresh: list[Fresh] = []
    for answer in answers:
        work = found[answer.name]
        if isinstance(work, Refusal):
            outcomes.append(work)
            continue
        work = settled.get(work.id, work)
        try:
            check_seen(rulebook, work, answer.seen)
            if work.status is AssignmentStatus.OPEN:
                if work.id in frozen:
                    raise frozen[work.id]
                figures = _read(rulebook, work, answer, around.get(work.id, ALONE), lacks_evidence=work.id in lacking)
                fresh.append(Fresh(answer, work, figures))
                settled[work.id] = work._replace(status=AssignmentStatus.DONE, done_at=answer.at, done_by=answer.actor)
            outcomes.append(_receipt(work, answer))
        except Refusal as refusal:
            outcomes.append(refusal)
    _write(session, rulebook, fresh)
    return outcomes


def _or_raise(outcome: Receipt | Refusal) -> Receipt:
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def _read(rulebook: Rulebook, work: Work, answer: Answer, around: Around, *, lacks_evidence: bool) -> Mapping[str, int]:
    if answer.at < work.opens_at:
        raise Refusal(
            "{work}: cannot be done before its window opened, on {day}",
            work=work.titled(rulebook),
            day=local_day(work.opens_at, rulebook.zone),
        )
    figures = read_figures(rulebook, work, answer.figures, around)
    if lacks_evidence:
        raise NoEvidence("{work}: asks for evidence; add a photo, a PDF or an Office file", work=work.titled(rulebook))
    return figures


def _write(session: Session, rulebook: Rulebook, fresh: Sequence[Fresh]) -> None:
    if not fresh:
        return
    write_state(session, [_done(answer, work) for answer, work, _ in fresh])
    values = [
        {"assignment_id": work.id, "code": code, "value": value}
        for _, work, figures in fresh
        for code, value in figures.items()
    ]
    if values:
        session.connection().execute(_ADD_FIGURES, values)
    apply_changes(
        session,
        ((work.counter, Change(done=1, in_time=int(answer.at < work.due_at))) for answer, work, _ in fresh),
    )
    record(
        session,
        *(
            event_row(
                EventKind.ASSIGNMENT_COMPLETED,
                work.label,
                at=answer.at,
                actor=answer.actor,
                campaign_id=rulebook.campaign_id,
                branch_id=work.branch_id,
                before={"status": work.status},
                after={"status": AssignmentStatus.DONE, "figures": figures, "note": answer.note},
            )
            for answer, work, figures in fresh
        ),
    )


def _done(answer: Answer, work: Work) -> dict[str, Any]:
    return {
        "id": work.id,
        "status": AssignmentStatus.DONE,
        "done_at": answer.at,
        "done_by": answer.actor,
        "note": answer.note,
        "next_reminder_at": None,
    }


def _receipt(work: Work, answer: Answer) -> Receipt:
    names = (work.branch, work.stage, work.task)
    match work.status:
        case AssignmentStatus.OPEN:
            return Receipt(*names, Completion.COMPLETED, work.due_at, answer.at, answer.actor)
        case AssignmentStatus.WAIVED:
            return Receipt(*names, Completion.WAIVED_BEFORE, work.due_at, None, None)
        case AssignmentStatus.DONE:
            return Receipt(*names, Completion.DONE_BEFORE, work.due_at, work.done_at, work.done_by)

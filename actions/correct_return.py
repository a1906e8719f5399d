"""Correct an answer that was passed on; the returns that it went into have to be passed on again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from actions.assignments.figures import ALONE, in_units, read_figures
from actions.assignments.locks import hold_stages
from actions.assignments.named import Named, Work, lock_work
from actions.assignments.neighbours import figures_around
from actions.events import event_row, record
from actions.house import House
from actions.reopen import open_again
from actions.returns.outdating import outdate
from actions.returns.place import find_return_stage, one_at_a_time
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.assignment import FigureValue
from models.branch import Branch
from models.database import transaction
from models.dialects import table_of
from models.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class Correction:
    """What is wrong with what a branch answered: the figures given take the place of those that it gave.

    Without figures the answer is taken back, for the branch to give another one.
    """

    branch: str
    stage: str
    task: str
    figures: Mapping[str, int | Decimal] = field(default_factory=dict)


def correct_return(
    house: House,
    campaign: str,
    correction: Correction,
    *,
    reason: str,
    actor: str,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> tuple[str, ...]:
    """Change or take back an answer that was passed on; return the codes of the units that have to do so again.

    They come from the lowest up. Their versions stay as they are, and count until the next ones. Raises Refusal for
    work that nothing holds fast or that is not done, and for figures that cannot be taken.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        stage, _, _ = find_return_stage(session, rulebook, correction.stage)
        one_at_a_time(session, stage)
        hold_stages(session, [stage])
        name = Named(correction.branch, f"{correction.stage}/{correction.task}", scope)
        work = lock_work(session, rulebook, [name])[name]
        if work.status is not AssignmentStatus.DONE:
            raise Refusal("{work}: is not done, so there is no answer to correct", work=work.titled(rulebook))
        units = _units_of(session, work, is_taken_back=not correction.figures)
        outdated = outdate(session, rulebook, stage, units, reason=reason, actor=actor, now=now)
        if not outdated:
            raise Refusal("{work}: nothing that was passed on holds it; reopen it instead", work=work.titled(rulebook))
        before: Mapping[str, int] = {}
        after: Mapping[str, int] = {}
        if correction.figures:
            before, after = _replace(session, rulebook, work, correction.figures)
        else:
            open_again(session, rulebook, work, reason=reason, actor=actor, now=now)
        corrected = event_row(
            EventKind.RETURN_CORRECTED,
            work.label,
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            branch_id=work.branch_id,
            before={"figures": before},
            after={"figures": after, "outdated": outdated},
            reason=reason,
        )
        record(session, corrected)
        return outdated


def _units_of(session: Session, work: Work, *, is_taken_back: bool) -> list[int]:
    """Return the unit that the work counts for; where it is taken back, also the one that it will then count for."""
    if not is_taken_back:
        return [work.unit_id]
    return [
        work.unit_id,
        session.execute(select(col(Branch.unit_id)).where(col(Branch.id) == work.branch_id)).scalar_one(),
    ]


def _replace(
    session: Session, rulebook: Rulebook, work: Work, given: Mapping[str, int | Decimal]
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Put figures in the place of those answered; what is not given stays. Returns both, in the smallest steps."""
    table = table_of(FigureValue)
    own = table.c.assignment_id == work.id
    before = dict(session.execute(select(table.c.code, table.c.value).where(own)).tuples().all())
    specs = rulebook.definition.stage(work.stage).figures
    kept = {code: in_units(specs[code], value) for code, value in before.items()}
    around = figures_around(session, rulebook, [work]).get(work.id, ALONE)
    after = read_figures(rulebook, work, {**kept, **given}, around)
    session.execute(delete(table).where(own))
    rows = [{"assignment_id": work.id, "code": code, "value": value} for code, value in after.items()]
    session.execute(insert(table), rows)
    return before, after

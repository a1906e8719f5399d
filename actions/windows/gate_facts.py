"""What is known of a window when its gate is tried."""

from dataclasses import replace

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlmodel import Session, col

from actions.rulebook import Rulebook
from config.vocabulary import ChannelStatus, ProblemStatus, StageKind
from models.assignment import Counter
from models.branch import Branch
from models.campaign import TAKES_PART, Enrolment
from models.officer import Channel
from models.problem import Problem
from models.queries import WindowPlace
from rules.gates import GateFacts


def gate_facts(session: Session, rulebook: Rulebook, place: WindowPlace) -> GateFacts:
    """Read what the gate of a window is decided by: the counters, and what its kind of stage asks for."""
    facts = GateFacts(*_counts(session, place), approved=place.window.approved_at is not None)
    match place.stage.kind:
        case StageKind.MOBILIZATION:
            unreachable = and_(col(Branch.officer_id).is_not(None), ~_has_channel())
            return replace(
                facts,
                without_officer=_branches(session, place, col(Branch.officer_id).is_(None)),
                without_channel=_branches(session, place, unreachable),
            )
        case StageKind.ANALYSIS:
            unlooked = and_(col(Enrolment.cleared_at).is_(None), ~_has_problem(rulebook))
            return replace(
                facts,
                without_finding=_branches(session, place, unlooked),
                problems_unassigned=session.scalar(_problems(rulebook, place).where(_unassigned())) or 0,
            )
        case StageKind.RECTIFICATION:
            is_solved = col(Problem.status) == ProblemStatus.SOLVED
            query = _problems(rulebook, place).with_only_columns(func.count(), func.count().filter(is_solved))
            problems, solved = session.execute(query).one()
            return replace(facts, problems=problems, problems_solved=solved)
        case StageKind.STUDY | StageKind.PLAIN:
            return facts


def _counts(session: Session, place: WindowPlace) -> tuple[int, int, int]:
    """Sum the counters of a window: total, done, waived."""
    sums = (func.coalesce(func.sum(col(column)), 0) for column in (Counter.total, Counter.done, Counter.waived))
    total, done, waived = session.execute(select(*sums).where(col(Counter.window_id) == place.window.id)).one()
    return int(total), int(done), int(waived)


def _branches(session: Session, place: WindowPlace, condition: ColumnElement[bool]) -> int:
    query = (
        select(func.count())
        .select_from(Enrolment)
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .where(
            col(Enrolment.wave_id) == place.wave.id,
            TAKES_PART,
            condition,
        )
    )
    return session.scalar(query) or 0


def _has_channel() -> ColumnElement[bool]:
    return exists().where(col(Channel.officer_id) == Branch.officer_id, col(Channel.status) == ChannelStatus.ACTIVE)


def _has_problem(rulebook: Rulebook) -> ColumnElement[bool]:
    return exists().where(
        col(Problem.branch_id) == Enrolment.branch_id, col(Problem.campaign_id) == rulebook.campaign_id
    )


def _unassigned() -> ColumnElement[bool]:
    is_open = col(Problem.status) == ProblemStatus.OPEN
    return and_(is_open, or_(col(Problem.owner).is_(None), col(Problem.due_at).is_(None)))


def _problems(rulebook: Rulebook, place: WindowPlace) -> Select[tuple[int]]:
    """Count the problems of the branches that take part in the wave."""
    return (
        select(func.count())
        .select_from(Problem)
        .join(Enrolment, col(Enrolment.branch_id) == Problem.branch_id)
        .where(
            col(Problem.campaign_id) == rulebook.campaign_id,
            col(Enrolment.wave_id) == place.wave.id,
            TAKES_PART,
        )
    )

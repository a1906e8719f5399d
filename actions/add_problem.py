"""Record problems that branches found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, update
from sqlmodel import Session, col, select

from actions.events import event_row, record
from actions.house import House
from actions.participants import enrolled
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.vocabulary import EventKind, ProblemStatus, StageKind
from models.branch import Branch
from models.campaign import Campaign, Enrolment, Stage
from models.database import transaction
from models.dialects import in_chunks, table_of
from models.problem import Problem
from models.queries import stages_of
from rules.deadlines import end_of

CHASED_BY = (StageKind.RECTIFICATION, StageKind.ANALYSIS)
"""The stages that chase problems, the first that a campaign has."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as a branch records it.

    `due` is the last allowed day for solving it, `category` what it is counted under, `measures` what is to be done.
    """

    branch: str
    title: str
    at: datetime
    actor: str
    owner: str | None = None
    due: date | None = None
    category: str | None = None
    measures: str | None = None


def add_problems(house: House, campaign: str, findings: Sequence[Finding]) -> tuple[int, ...]:
    """Record problems in one transaction; return their numbers, which count on within the campaign.

    A declaration that the branch has none is taken back. Raises Refusal for a branch that is not in the
    campaign, a due day in the past, and a campaign without a stage that chases problems.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        lock_ledger(session, rulebook)
        stage = chasing_stage(session, rulebook)
        branches = enrolled(session, rulebook, [finding.branch for finding in findings])
        units = _units_of(session, list(branches.values()))
        last = session.exec(
            select(func.coalesce(func.max(Problem.number), 0)).where(Problem.campaign_id == rulebook.campaign_id)
        ).one()
        numbers = tuple(range(last + 1, last + 1 + len(findings)))
        rows = [
            {
                **_row(rulebook, stage, branches, finding, number),
                "unit_id": units[branches[finding.branch]],
            }
            for finding, number in zip(findings, numbers, strict=True)
        ]
        if not rows:
            return ()
        session.execute(insert(table_of(Problem)), rows)
        _take_back_declarations(session, rulebook, list(branches.values()))
        record(
            session,
            *(
                event_row(
                    EventKind.PROBLEM_ADDED,
                    f"{finding.branch} #{number}",
                    at=finding.at,
                    actor=finding.actor,
                    campaign_id=rulebook.campaign_id,
                    branch_id=branches[finding.branch],
                    after={
                        "title": finding.title,
                        "owner": finding.owner,
                        "due": finding.due,
                        "category": finding.category,
                    },
                )
                for finding, number in zip(findings, numbers, strict=True)
            ),
        )
        return numbers


def lock_ledger(session: Session, rulebook: Rulebook) -> None:
    """Let one transaction at a time write a campaign's problems: numbers count on, nobody declares none beside."""
    key = select(Campaign.id).where(Campaign.id == rulebook.campaign_id)
    session.exec(key.with_for_update(key_share=True)).one()


def chasing_stage(session: Session, rulebook: Rulebook) -> Stage:
    """Return the stage that chases the campaign's problems; Refusal when it has none."""
    stages = {stage.kind: stage for stage in stages_of(session, rulebook.campaign)}
    for kind in CHASED_BY:
        if kind in stages:
            return stages[kind]
    raise Refusal(
        "campaign {campaign}: has no analysis or rectification stage, so no problems", campaign=rulebook.campaign.code
    )


def problem_deadline(rulebook: Rulebook, due: date, at: datetime) -> tuple[datetime, datetime | None]:
    """Return the deadline for a last allowed day and its first reminder from `at` on; Refusal when it is past."""
    if not rulebook.calendar.first <= due <= rulebook.calendar.last:
        raise Refusal("due {due}: outside the calendar, which ends on {last}", due=due, last=rulebook.calendar.last)
    due_at = end_of(due, rulebook.zone)
    if due_at <= at:
        raise Refusal(
            "due {due}: is past already; give a day from {first} on", due=due, first=at.astimezone(rulebook.zone).date()
        )
    return due_at, rulebook.ladder.next_from(due_at, at)


def _row(
    rulebook: Rulebook, stage: Stage, branches: Mapping[str, int], finding: Finding, number: int
) -> dict[str, object]:
    due_at, next_reminder_at = problem_deadline(rulebook, finding.due, finding.at) if finding.due else (None, None)
    return {
        "campaign_id": rulebook.campaign_id,
        "stage_id": stage.id,
        "branch_id": branches[finding.branch],
        "number": number,
        "title": finding.title,
        "owner": finding.owner,
        "category": finding.category,
        "measures": finding.measures,
        "status": ProblemStatus.OPEN,
        "due_at": due_at,
        "next_reminder_at": next_reminder_at,
        "found_at": finding.at,
        "found_by": finding.actor,
    }


def _units_of(session: Session, branch_ids: Sequence[int]) -> dict[int, int]:
    """Return the unit that each branch is in."""
    found: dict[int, int] = {}
    for run in in_chunks(branch_ids):
        found.update(session.exec(select(Branch.id, Branch.unit_id).where(col(Branch.id).in_(run))).all())
    return found


def _take_back_declarations(session: Session, rulebook: Rulebook, branch_ids: Sequence[int]) -> None:
    session.execute(
        update(table_of(Enrolment))
        .where(
            col(Enrolment.campaign_id) == rulebook.campaign_id,
            col(Enrolment.branch_id).in_(branch_ids),
            col(Enrolment.cleared_at).is_not(None),
        )
        .values(cleared_at=None, cleared_by=None)
    )

"""Give a problem its owner, its date, its category and the measures against it."""

from datetime import date, datetime

from sqlmodel import Session, select

from actions.add_problem import problem_deadline
from actions.events import event_row, record
from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from actions.seen import as_seen
from config.errors import Stale, Unknown
from config.said import Said
from config.vocabulary import EventKind, ProblemStatus
from models.database import transaction
from models.problem import Problem


def assign_problem(
    house: House,
    campaign: str,
    number: int,
    *,
    owner: str | None = None,
    due: date | None = None,
    category: str | None = None,
    measures: str | None = None,
    actor: str,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Set who answers for an open problem, by when, what it is counted under, what is to be done; the rest stays.

    Repeated, it changes nothing. `seen` is the `ProblemState.seen` that whoever sets it looked at, None where nobody
    looked. Raises Unknown for a problem that is not there, Stale for one that is solved, or is not as it was seen,
    and Refusal for a day that is past.
    """
    with transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        problem = lock_problem(session, rulebook, number)
        if problem.status is ProblemStatus.SOLVED:
            raise solved_already(number, problem.solved_by)
        before = _facts(problem)
        was = seen_of(problem)
        problem.owner = owner or problem.owner
        problem.category = category or problem.category
        problem.measures = measures or problem.measures
        if due:
            problem.due_at, problem.next_reminder_at = problem_deadline(rulebook, due, now)
        if _facts(problem) == before:
            session.expire(problem)
            return
        if seen is not None and seen != was:
            raise Stale(
                "problem {number}: somebody else set who does what by when meanwhile; nothing was changed",
                number=number,
            )
        session.add(problem)
        assigned = event_row(
            EventKind.PROBLEM_ASSIGNED,
            f"#{number}",
            at=now,
            actor=actor,
            campaign_id=rulebook.campaign_id,
            branch_id=problem.branch_id,
            before=before,
            after=_facts(problem),
        )
        record(session, assigned)


def solved_already(number: int, who: str | None) -> Stale:
    """Say that a problem is solved, and by whom."""
    return Stale("problem {number}: solved already by {who}", number=number, who=who)


def seen_of(problem: Problem) -> str:
    """Return what a form about a problem bears: another one once somebody set who does what by when."""
    return as_seen(*_facts(problem).values())


def lock_problem(session: Session, rulebook: Rulebook, number: int) -> Problem:
    """Read a problem of the campaign for writing; Refusal when there is none of that number."""
    query = select(Problem).where(Problem.campaign_id == rulebook.campaign_id, Problem.number == number)
    problem = session.exec(query.with_for_update()).one_or_none()
    if problem is None:
        raise Unknown(
            "problem {number}: not in campaign {campaign}",
            hint=Said("`rollcall problem list` shows all"),
            number=number,
            campaign=rulebook.campaign.code,
        )
    return problem


def _facts(problem: Problem) -> dict[str, object]:
    return {
        "owner": problem.owner,
        "due_at": problem.due_at,
        "category": problem.category,
        "measures": problem.measures,
    }

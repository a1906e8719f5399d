"""Read a branch in a campaign: who it is, whom to call, and how it stands with its work."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from actions.add_problem import CHASED_BY
from actions.house import House
from actions.reading.suggestions import suggestions_of
from actions.reading.tasks import find_participant, tasks_of
from actions.reading.work import WorkState, with_files
from actions.rulebook import Rulebook, open_rulebook
from config.definition.text import Text
from config.errors import Unknown
from config.seal import Seal
from config.vocabulary import AssignmentStatus, BranchKind
from models.branch import Branch
from models.campaign import Enrolment
from models.database import snapshot
from models.officer import Officer
from models.scope import EVERYTHING, Scope
from models.unit import Unit


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be called, where there is a number."""

    name: str
    phone: str | None
    officer: str | None = None


@dataclass(frozen=True, slots=True)
class BranchState:
    """A branch in a campaign with its work, in the campaign's order.

    `takes_problems` tells whether the campaign has a stage that chases problems, `cleared_by` who declared that there
    are none. Since `left_on` it takes part no more.
    """

    campaign: str
    campaign_title: Text
    zone: ZoneInfo
    branch: str
    name: str
    kind: BranchKind
    unit: str
    unit_name: str
    members: int
    employees: int
    leader: Person | None
    officer: Person | None
    takes_problems: bool
    cleared_by: str | None
    left_on: date | None
    works: tuple[WorkState, ...]

    @property
    def stages(self) -> tuple[tuple[WorkState, ...], ...]:
        """The work stage by stage, in each what is open first, the earliest deadline before the others."""
        by_stage = groupby(self.works, lambda work: work.task.stage)
        return tuple(tuple(sorted(works, key=_urgency)) for _, works in by_stage)

    def work(self, stage: str, task: str) -> WorkState:
        """Return one piece of work; Unknown when the branch has none of these codes."""
        for work in self.works:
            if (work.task.stage, work.task.task) == (stage, task):
                return work
        name = f"{stage}/{task}"
        raise Unknown("task {task}: branch {code} has none of this code, or not yet", task=name, code=self.branch)


def read_branch(
    house: House, campaign: str, branch: str, *, now: datetime, scope: Scope = EVERYTHING, phones: bool = False
) -> BranchState:
    """Read a branch with all that has opened for it, as of `now`; `phones` opens the numbers to call.

    Raises Unknown for an unknown campaign and for a branch that is not there or not in the scope, Refusal for one
    that is not in the campaign or whose number was sealed with another key.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        found = find_participant(session, rulebook, branch, scope)
        unit = session.exec(select(Unit).where(Unit.id == found.unit_id)).one()
        enrolment = _enrolment(session, rulebook, found)
        works = [
            WorkState(campaign, rulebook.definition.title, rulebook.zone, branch, found.name, task)
            for task in tasks_of(session, rulebook, found, now)
        ]
        return BranchState(
            campaign=campaign,
            campaign_title=rulebook.definition.title,
            zone=rulebook.zone,
            branch=found.code,
            name=found.name,
            kind=found.kind,
            unit=unit.code,
            unit_name=unit.name,
            members=found.members,
            employees=found.employees,
            leader=leader_of(found, house.seal, phones=phones),
            officer=_officer(session, house, found, phones=phones),
            takes_problems=any(stage.kind in CHASED_BY for stage in rulebook.definition.stages),
            cleared_by=enrolment.cleared_by,
            left_on=enrolment.left_on,
            works=_with_suggestions(session, rulebook, found, with_files(session, works)),
        )


def _with_suggestions(
    session: Session, rulebook: Rulebook, branch: Branch, works: tuple[WorkState, ...]
) -> tuple[WorkState, ...]:
    return tuple(
        replace(work, suggested=suggestions_of(session, rulebook, branch.id, work.task.stage, work.task.task))
        if work.task.status is AssignmentStatus.OPEN
        else work
        for work in works
    )


def _urgency(work: WorkState) -> tuple[bool, datetime]:
    return work.task.status is not AssignmentStatus.OPEN, work.task.due_at


def leader_of(branch: Branch, seal: Seal, *, phones: bool) -> Person | None:
    """Return whom one speaks to at a branch, with the number where `phones` asks for it."""
    if branch.leader is None and branch.phone is None:
        return None
    return Person(branch.leader or branch.name, seal.open(branch.phone) if branch.phone and phones else None)


def _officer(session: Session, house: House, branch: Branch, *, phones: bool) -> Person | None:
    officer = session.get(Officer, branch.officer_id) if branch.officer_id is not None else None
    if officer is None:
        return None
    return Person(officer.name, house.seal.open(officer.phone) if officer.phone and phones else None, officer.code)


def _enrolment(session: Session, rulebook: Rulebook, branch: Branch) -> Enrolment:
    query = select(Enrolment).where(
        col(Enrolment.campaign_id) == rulebook.campaign_id, col(Enrolment.branch_id) == branch.id
    )
    return session.exec(query).one()

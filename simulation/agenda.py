"""What the branches of a simulated campaign are going to do, day by day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlmodel import col

from actions.add_problem import Finding
from actions.complete import Answer
from actions.declare_no_problems import Declaration
from actions.house import House
from actions.rulebook import Rulebook
from actions.solve_problem import Solution
from config.definition.stages import StageSpec
from config.definition.tasks import TaskSpec
from config.ledgers.entry import Entry
from config.vocabulary import Measure, StageKind
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Task
from models.database import snapshot
from models.queries import WindowPlace
from rules.deadlines import local_day
from simulation.branches import Behaviour
from simulation.consistency import keep_rules
from simulation.figures import Size
from simulation.office import Occasion, Office
from simulation.seats import Seat
from simulation.totals import Totals

NOON = time(12)
SOLVED_WITHIN = 20
"""Working days that a simulated branch gives itself for solving a problem."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """A problem that is going to be found, and the day on which it is going to be solved, if ever."""

    finding: Finding
    solved_on: date | None


@dataclass(slots=True)
class DayOfActs:
    """Everything that branches do on one local day."""

    answers: list[Answer] = field(default_factory=list)
    discoveries: list[Discovery] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    solutions: list[Solution] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    """What the guidance groups write into the ledgers at the end of the day."""


class Agenda:
    """The acts of all branches in one campaign, planned when a window opens."""

    def __init__(self, rulebook: Rulebook, behaviour: Behaviour, seats: Sequence[Seat]) -> None:
        self._rulebook = rulebook
        self._behaviour = behaviour
        self._seats = seats
        self._totals = Totals.of(behaviour, rulebook.definition, [seat.branch for seat in seats])
        self._office = Office((behaviour.seed, behaviour.campaign), self._totals)
        self._settled: dict[Measure, dict[str, datetime]] = {
            Measure.PROBLEMS_FOUND: {},
            Measure.PROBLEMS_SOLVED: {},
        }
        """From when on the ledger of problems has of a branch all that it will ever have of a measure."""
        self._said: dict[tuple[str | None, str], dict[str, int]] = {}
        """By stage and branch, the figures that it answers there."""
        self._days: defaultdict[date, DayOfActs] = defaultdict(DayOfActs)

    def take(self, day: date) -> DayOfActs:
        """Take the acts of a day off the agenda."""
        return self._days.pop(day, DayOfActs())

    def plan_window(self, house: House, place: WindowPlace) -> None:
        """Plan what the branches do in a window that has opened."""
        seats = [seat for seat in self._seats if seat.wave_id == place.wave.id]
        if place.stage.kind is StageKind.ANALYSIS:
            self._plan_findings(place, [seat.branch for seat in seats])
        self._plan_answers(house, place)
        days = self._workdays(place.window.first_day, place.window.last_day)
        for entry in self._office.entries_for(Occasion(place.stage.kind, days, seats)):
            self._days[entry.day].entries.append(entry)

    def plan_solution(self, number: int, day: date) -> None:
        """Plan that the problem of a number is solved on a day."""
        self._days[day].solutions.append(Solution(number, self._noon(day), "branch"))

    def _plan_answers(self, house: House, place: WindowPlace) -> None:
        stage = self._rulebook.definition.stage(place.stage.code)
        query = (
            select(
                col(Branch.code),
                col(Branch.members),
                col(Branch.employees),
                col(Branch.kind),
                col(Task.code),
                col(Assignment.due_at),
            )
            .select_from(Assignment)
            .join(Branch, col(Branch.id) == Assignment.branch_id)
            .join(Task, col(Task.id) == Assignment.task_id)
            .where(col(Assignment.window_id) == place.window.id)
            .order_by(col(Assignment.id))
        )
        with snapshot(house.engine) as session:
            rows = session.execute(query).tuples().all()
        for branch, members, employees, kind, task, due_at in rows:
            spec = stage.task(task)
            settled_at = self._settled_at(branch, spec)
            opens_at = max(place.window.opens_at, settled_at or place.window.opens_at)
            is_known = settled_at is not None
            at = self._behaviour.answer_instant(branch, stage.code, task, opens_at, due_at, for_certain=is_known)
            if at is None:
                continue
            figures = self._figures(branch, stage, spec, Size(members, employees, kind))
            answer = Answer(branch, f"{stage.code}/{task}", at, branch, figures)
            self._days[local_day(at, self._rulebook.zone)].answers.append(answer)

    def _settled_at(self, branch: str, task: TaskSpec) -> datetime | None:
        """Return when the ledger has all that a task asks of it; None where it asks nothing or has nothing.

        What stands in the ledger is copied from it, by everybody of whom something stands there, once that is all.
        """
        asked = {figure.from_ for figure in task.figures}
        known = (days for measure, days in self._settled.items() if measure in asked)
        return max((days[branch] for days in known if branch in days), default=None)

    def _figures(self, branch: str, stage: StageSpec, task: TaskSpec, size: Size) -> dict[str, int]:
        """Invent what a branch answers by a task's rules: its share of what was published, or else what is usual."""
        figures = dict(self._behaviour.figures_for(branch, stage.code, task.code, task.figures, size))
        shares = {figure.code: self._totals.share(figure.code, branch) for figure in task.figures}
        figures |= {code: share for code, share in shares.items() if share is not None}
        follows = stage.period.follows if stage.period else None
        kept = keep_rules(task, figures, self._said.get((follows, branch), {}))
        self._said[stage.code, branch] = {**self._said.get((stage.code, branch), {}), **kept}
        return kept

    def _plan_findings(self, place: WindowPlace, branches: Iterable[str]) -> None:
        for branch in branches:
            problems = self._behaviour.problems_for(branch)
            for problem in problems:
                found_on = self._workday(place.window.first_day, problem.found_after_days)
                solved_on = None
                if problem.solved_after_days is not None:
                    solved_on = self._workday(found_on, problem.solved_after_days)
                due = self._rulebook.calendar.add_workdays(found_on, SOLVED_WITHIN)
                finding = Finding(
                    branch, problem.title, self._noon(found_on), branch, problem.owner, due, problem.category
                )
                self._settle(Measure.PROBLEMS_FOUND, branch, found_on)
                if solved_on is not None:
                    self._settle(Measure.PROBLEMS_SOLVED, branch, solved_on)
                self._days[found_on].discoveries.append(Discovery(finding, solved_on))
            if not problems:
                day = self._workday(place.window.first_day, self._behaviour.finding_after_days(branch))
                self._days[day].declarations.append(Declaration(branch, self._noon(day), branch))

    def _settle(self, measure: Measure, branch: str, day: date) -> None:
        known, at = self._settled[measure], self._noon(day)
        known[branch] = max(known.get(branch, at), at)

    def _workday(self, day: date, later: int) -> date:
        """Return the working day on or after so many days later."""
        return self._rulebook.calendar.workday_on_or_after(day + timedelta(days=later))

    def _workdays(self, first: date, last: date) -> list[date]:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in days if self._rulebook.calendar.is_workday(day)] or [first]

    def _noon(self, day: date) -> datetime:
        return datetime.combine(day, NOON, self._rulebook.zone).astimezone(UTC)

"""How the branches of a simulated campaign act: when they answer, with which figures, and what they find.

Everything follows from the seed and the codes alone, so the order in which it is asked for does not matter.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from config.definition.schema import FigureSpec
from config.samples.draws import draw
from simulation.figures import Size, invent_figures, suggestions_of
from simulation.findings import SimulatedProblem, count_problems, name_problem

SEED = 13142
"""With this seed the sample registry finds 1,320 problems in baoding-2009 and solves 894, as was published."""

SHANGHAI = ZoneInfo("Asia/Shanghai")

_DAY, _MOMENT = timedelta(days=1), timedelta(microseconds=1)
_OFFICE_OPENS, _NOON, _BREAK, _OFFICE_MINUTES = timedelta(hours=8, minutes=30), 210, 120, 420
_LEAST_SLACK, _MOST_SLACK, _SILENT_AMONG_SLACK, _PROMPT_AMONG_OTHERS = 0.06, 0.38, 0.27, 0.44


class Diligence(StrEnum):
    """How a branch takes its deadlines."""

    PROMPT = "prompt"
    STEADY = "steady"
    LATE = "late"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class _Habit:
    """What a diligence means in numbers.

    `in_time` is the share of answers in time, which come within the part `span` of the window; the others come so many
    days after the last allowed day as `delay` says, from and to, and the share `never` not at all. `finds` are the
    days from the opening of the analysis to a finding, `solved` the share of problems solved in the end.
    """

    in_time: float
    span: tuple[float, float]
    delay: tuple[int, int]
    never: float
    finds: tuple[int, int]
    solved: float


_HABITS = {
    Diligence.PROMPT: _Habit(0.99, (0.05, 0.55), (1, 2), 0.0, (2, 9), 0.80),
    Diligence.STEADY: _Habit(0.95, (0.40, 1.00), (1, 4), 0.0, (5, 14), 0.68),
    Diligence.LATE: _Habit(0.55, (0.75, 1.00), (1, 7), 0.0, (10, 18), 0.50),
    # Only the reminders to its group and its coordinator, a week after the deadline, make such a branch answer.
    Diligence.SILENT: _Habit(0.15, (0.80, 1.00), (7, 16), 0.03, (15, 21), 0.30),
}
_SOLVES = (12, 38)


def is_weekday(day: date) -> bool:
    """Tell Monday to Friday from the weekend: what stands in where no calendar is given."""
    return day.weekday() < 5  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How branches act in one campaign; the same seed and codes give the same acts on every machine.

    Branches whose codes are alike up to the last hyphen belong together: some such groups are more diligent than
    others. `zone` is where the offices are, `is_workday` tells the days on which they are open.
    """

    campaign: str
    seed: int = SEED
    zone: ZoneInfo = SHANGHAI
    is_workday: Callable[[date], bool] = is_weekday

    def diligence(self, branch: str) -> Diligence:
        """Return how the branch takes its deadlines."""
        spread = draw(self.seed, self.campaign, "unit", branch.rpartition("-")[0])
        slack = _LEAST_SLACK + (_MOST_SLACK - _LEAST_SLACK) * spread
        place = draw(self.seed, self.campaign, "diligence", branch)
        if place < slack:
            return Diligence.SILENT if place < slack * _SILENT_AMONG_SLACK else Diligence.LATE
        others = (place - slack) / (1 - slack)
        return Diligence.PROMPT if others < _PROMPT_AMONG_OTHERS else Diligence.STEADY

    def answers(self, branch: str, stage: str, task: str) -> bool:
        """Tell whether the branch answers a task at all, in time or late."""
        return self._luck(branch, stage, task) < 1 - _HABITS[self.diligence(branch)].never

    def answers_in_time(self, branch: str, stage: str, task: str) -> bool:
        """Tell whether the branch answers a task by its last day."""
        return self._luck(branch, stage, task) < _HABITS[self.diligence(branch)].in_time

    def answer_instant(
        self, branch: str, stage: str, task: str, opens_at: datetime, due_at: datetime, *, for_certain: bool = False
    ) -> datetime | None:
        """Return the instant (UTC, in office hours, later than `opens_at`) of the answer; None when none comes.

        `due_at` is the first instant after the last allowed day. A late answer comes within some 16 days, and later
        where a holiday is in the way. Of what is `for_certain` the answer comes in time, if it can.
        """
        key = (self.seed, self.campaign, branch, stage, task)
        habit = _HABITS[self.diligence(branch)]
        if not for_certain and not self.answers(branch, stage, task):
            return None
        first, last = opens_at.astimezone(self.zone).date(), (due_at - _MOMENT).astimezone(self.zone).date()
        if for_certain or self.answers_in_time(branch, stage, task):
            start, stop = habit.span
            part = start + (stop - start) * draw(*key, "day")
            day = self._workday_by(first + int(part * ((last - first).days + 1)) * _DAY, first)
        else:
            day = self._workday_from(last + _between(*habit.delay, *key, "day") * _DAY)
        answered = self._office_time(day, *key)
        while answered <= opens_at:
            day = self._workday_from(day + _DAY)
            answered = self._office_time(day, *key)
        return answered

    def figures_for(
        self, branch: str, stage: str, task: str, figures: Iterable[FigureSpec], size: Size
    ) -> Mapping[str, int]:
        """Return a value within its limits for every figure, in whole units of its kind."""
        problems = self.problems_for(branch)
        key = (self.seed, self.campaign, branch)
        known = {
            "members": size.members,
            "employees": size.employees,
            **size.organisations,
            **suggestions_of(key),
            "problems_found": len(problems),
            "problems_solved": sum(problem.solved_after_days is not None for problem in problems),
        }
        return invent_figures(figures, known, key, (*key, stage, task))

    def problems_for(self, branch: str) -> tuple[SimulatedProblem, ...]:
        """Return what the branch finds, in the order of the days; nothing when it declares that it has no problems.

        What is solved is solved within 59 days of the opening of the branch's analysis.
        """
        key = (self.seed, self.campaign, branch)
        problems = (self._problem(number, *key) for number in range(count_problems(*key)))
        return tuple(sorted(problems, key=lambda problem: problem.found_after_days))

    def finding_after_days(self, branch: str) -> int:
        """Return on which day from the opening of its analysis the branch has recorded all, or declares none."""
        found = [problem.found_after_days for problem in self.problems_for(branch)]
        habit = _HABITS[self.diligence(branch)]
        return max(found, default=_between(*habit.finds, self.seed, self.campaign, branch, "none"))

    def _luck(self, branch: str, stage: str, task: str) -> float:
        return draw(self.seed, self.campaign, branch, stage, task, "in time")

    def _problem(self, number: int, seed: int, campaign: str, branch: str) -> SimulatedProblem:
        key = (seed, campaign, branch)
        habit = _HABITS[self.diligence(branch)]
        title, owner, category = name_problem(number, *key)
        solved = draw(*key, number, "solved") < habit.solved
        return SimulatedProblem(
            title,
            owner,
            category,
            found_after_days=_between(*habit.finds, *key, number, "found"),
            solved_after_days=_between(*_SOLVES, *key, number, "solved after") if solved else None,
        )

    def _workday_by(self, day: date, first: date) -> date:
        at = day
        while at > first and not self.is_workday(at):
            at -= _DAY
        return self._workday_from(at)

    def _workday_from(self, day: date) -> date:
        while not self.is_workday(day):
            day += _DAY
        return day

    def _office_time(self, day: date, *key: str | int) -> datetime:
        minutes = draw(*key, "time") * _OFFICE_MINUTES
        into = timedelta(minutes=minutes if minutes < _NOON else minutes + _BREAK)
        midnight = datetime.combine(day, time(), self.zone)
        return (midnight + _OFFICE_OPENS + into).replace(microsecond=0).astimezone(UTC)


def _between(least: int, most: int, *key: str | int) -> int:
    return least + int(draw(*key) * (most - least + 1))

"""What branches answered a period before and a period after, in a campaign whose stages repeat."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from actions.assignments.figures import Around, in_units
from actions.assignments.named import Work
from actions.rulebook import Rulebook
from models.assignment import Assignment, FigureValue
from models.campaign import Stage, Task
from models.dialects import in_chunks
from rules.consistency import Number, Numbers


def figures_around(session: Session, rulebook: Rulebook, works: Iterable[Work]) -> dict[int, Around]:
    """Return, by the ids of works whose rules look back, what their branches answered a period before and after."""
    looking: defaultdict[str, list[Work]] = defaultdict(list)
    for work in works:
        if any(rule.looks_back for rule in rulebook.definition.stage(work.stage).task(work.task).rules):
            looking[work.stage].append(work)
    found: dict[int, Around] = {}
    for stage, those in looking.items():
        branches = [work.branch_id for work in those]
        before, after = (
            answers_of(session, rulebook, code, branches) if code else {}
            for code in (stage_before(rulebook, stage), _stage_after(rulebook, stage))
        )
        for work in those:
            found[work.id] = Around(before.get(work.branch_id, {}), after.get(work.branch_id, {}))
    return found


def answers_of(session: Session, rulebook: Rulebook, stage: str, branches: Iterable[int]) -> dict[int, Numbers]:
    """Return what branches answered in a stage, by their ids: all figures of its tasks, as people write them."""
    asked = rulebook.definition.stage(stage).figures
    found: defaultdict[int, dict[str, Number]] = defaultdict(dict)
    for run in in_chunks(sorted(set(branches))):
        query = (
            select(col(Assignment.branch_id), col(FigureValue.code), col(FigureValue.value))
            .join(Assignment, col(Assignment.id) == FigureValue.assignment_id)
            .join(Task, col(Task.id) == Assignment.task_id)
            .join(Stage, col(Stage.id) == Task.stage_id)
            .where(
                col(Stage.campaign_id) == rulebook.campaign_id,
                col(Stage.code) == stage,
                col(Assignment.branch_id).in_(run),
            )
        )
        for branch_id, code, steps in session.execute(query).tuples():
            found[branch_id][code] = in_units(asked[code], steps)
    return dict(found)


def stage_before(rulebook: Rulebook, stage: str) -> str | None:
    """Return the stage that asked for the figures of the period before; None where there is none."""
    period = rulebook.definition.stage(stage).period
    return period.follows if period else None


def _stage_after(rulebook: Rulebook, stage: str) -> str | None:
    following = (each for each in rulebook.definition.stages if each.period and each.period.follows == stage)
    return next((each.code for each in following), None)

"""What branches answered a period before, in a campaign whose stages repeat."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session, col

from actions.assignments.figures import in_units
from actions.assignments.named import Work
from actions.rulebook import Rulebook
from models.assignment import Assignment, FigureValue
from models.campaign import Stage, Task
from models.dialects import in_chunks

Numbers = Mapping[str, int | Decimal]


def figures_before(session: Session, rulebook: Rulebook, works: Iterable[Work]) -> dict[int, Numbers]:
    """Return, by the ids of works whose rules look back, what their branches answered a period before."""
    looking: defaultdict[str, list[Work]] = defaultdict(list)
    for work in works:
        stage = rulebook.definition.stage(work.stage)
        if any(rule.looks_back for rule in stage.task(work.task).rules) and stage.period and stage.period.follows:
            looking[stage.period.follows].append(work)
    found: dict[int, Numbers] = {}
    for stage_code, those in looking.items():
        answered = answers_of(session, rulebook, stage_code, [work.branch_id for work in those])
        found.update((work.id, answered.get(work.branch_id, {})) for work in those)
    return found


def answers_of(session: Session, rulebook: Rulebook, stage: str, branches: Iterable[int]) -> dict[int, Numbers]:
    """Return what branches answered in a stage, by their ids: all figures of its tasks, as people write them."""
    asked = rulebook.definition.stage(stage).figures
    found: defaultdict[int, dict[str, int | Decimal]] = defaultdict(dict)
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

"""The work of a campaign by unit, and what came after its end."""

from dataclasses import fields
from typing import Any

from sqlalchemy import Select, Subquery, and_, func, select
from sqlmodel import col

from actions.measures.extent import Extent
from actions.measures.parts import Parts
from actions.measures.work_done import CountedWork, counted_work_of
from actions.reading.measures import as_sql, row_of
from actions.reading.overview.ground import Ground
from config.vocabulary import EventKind
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Enrolment, Stage, Task
from models.ended import EndedBranch
from models.event import Event
from models.problem import Problem
from reports.work import Afterwards, WorkRow, WorkTable
from rules.deadlines import last_allowed_day
from rules.progress import Tally


def tallied(work: CountedWork, *keys: Any) -> Select[Any]:
    """Ask for what a Tally says, in its order and by its names, for each of the keys."""
    sums = zip(work.tally_columns(), fields(Tally), strict=True)
    return select(*keys, *(column.label(field.name) for column, field in sums)).select_from(work.counters)


def work_by_unit(ground: Ground, parts: Parts, units: Select[Any]) -> WorkTable:
    """Count the work of each part, and that of some units together; parts without any are left out."""
    work, session = counted_work_of(ground.rulebook.campaign, ground.now), ground.session
    here, places = col(work.counters.window_id).in_(ground.window_ids), parts.table()
    query = tallied(work, places.c.part).join(places, places.c.unit_id == col(work.counters.unit_id))
    query = query.where(here).group_by(places.c.part)
    source = as_sql(session, query)
    found = {part: Tally(*map(int, sums)) for part, *sums in session.execute(query).tuples()}
    rows = (
        WorkRow(unit.name, found[unit.code], row_of(source, "part", unit.code))
        for unit in parts.units.values()
        if unit.code in found
    )
    all_of_it = tallied(work).where(here, col(work.counters.unit_id).in_(units))
    total = Tally(*map(int, session.execute(all_of_it).one()))
    return WorkTable(tuple(rows), WorkRow("", total, as_sql(session, all_of_it)))


def read_afterwards(ground: Ground, extent: Extent, units: Select[Any]) -> Afterwards | None:
    """Count what came after the end of a campaign, in the days looked at; None while it runs.

    An answer came after it when it was entered then, even where it is said to have been given before: the work that
    was kept at the end knows nothing of it.
    """
    if extent.ended_at is None:
        return None
    session, campaign_id = ground.session, extent.campaign_id
    entered = _entered_later(campaign_id)
    label = col(Branch.code) + " " + col(Stage.code) + "/" + col(Task.code)
    answers = (
        select(func.count())
        .select_from(entered)
        .join(Branch, col(Branch.id) == entered.c.branch_id)
        .join(Assignment, col(Assignment.branch_id) == col(Branch.id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Stage, and_(col(Stage.id) == col(Task.stage_id), label == entered.c.subject))
        .join(Enrolment, col(Enrolment.branch_id) == col(Branch.id))
        .join(EndedBranch, col(EndedBranch.enrolment_id) == col(Enrolment.id))
        .where(
            col(Enrolment.campaign_id) == campaign_id,
            col(Assignment.window_id).in_(ground.window_ids),
            extent.instants(Assignment.done_at),
            col(EndedBranch.unit_id).in_(units),
        )
    )
    solved = (
        select(func.count())
        .select_from(Problem)
        .where(
            col(Problem.campaign_id) == campaign_id,
            col(Problem.solved_at) >= extent.ended_at,
            extent.instants(Problem.solved_at),
            col(Problem.unit_id).in_(units),
        )
    )
    return Afterwards(
        ended_on=last_allowed_day(extent.ended_at, ground.rulebook.zone),
        answers=session.execute(answers).scalar_one(),
        solved=session.execute(solved).scalar_one(),
        source=as_sql(session, answers),
        source_solved=as_sql(session, solved),
    )


def _entered_later(campaign_id: int) -> Subquery:
    """Select `branch_id` and `subject` of the work that was completed once a campaign had ended: events are in order.

    Their instants are those that people name, and may lie before the end.
    """
    own = col(Event.campaign_id) == campaign_id
    ended = select(func.max(col(Event.id))).where(own, col(Event.kind) == EventKind.CAMPAIGN_ENDED).scalar_subquery()
    completed = select(col(Event.branch_id), col(Event.subject)).distinct()
    return completed.where(own, col(Event.kind) == EventKind.ASSIGNMENT_COMPLETED, col(Event.id) > ended).subquery(
        "entered"
    )

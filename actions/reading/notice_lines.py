"""Read the lines of notices: what each speaks of, and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import Session, col

from actions.rulebook import parse_definition
from config.definition.ladder import Rung
from config.definition.schema import Definition
from config.definition.text import Text
from config.vocabulary import DropReason, Section
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Campaign, Stage, Task, Wave
from models.notice import NoticeLine
from models.officer import Channel, Officer
from models.problem import Problem
from models.window import Window
from rules.deadlines import last_allowed_day


@dataclass(frozen=True, slots=True)
class ChannelGivenUp:
    """A channel that a line says was given up: whose, and on which service; none where the officer has none at all."""

    officer: str
    service: str | None


@dataclass(frozen=True, slots=True)
class LineState:
    """One line of a notice: about a task as `stage/task`, a problem by its number, a window as `stage/wave`, a channel.

    Work has a branch and a deadline, and a rung unless an extension is told; `reached` is the rung as the
    campaign's file writes it, `last_day` the last allowed one. `title` is what people call the task, the problem
    or the stage; a channel has none.
    """

    campaign: str
    section: Section
    branch: str | None
    branch_name: str | None
    task: str | None
    title: Text | None
    problem: int | None
    due_at: datetime | None
    last_day: date | None
    rung: int | None
    reached: str | None
    dropped: DropReason | None
    window: str | None
    channel: ChannelGivenUp | None


def read_lines(session: Session, notices: Sequence[int]) -> dict[int, list[LineState]]:
    """Read the lines of notices by the notice, dropped ones included."""
    query = (
        select(
            col(NoticeLine.notice_id),
            col(NoticeLine.campaign_id),
            col(Campaign.code),
            col(NoticeLine.section),
            col(Branch.code),
            col(Branch.name),
            _named(col(Task.id), col(Task.code)),
            col(Problem.number),
            col(Problem.title),
            col(NoticeLine.due_at),
            col(NoticeLine.rung),
            col(NoticeLine.dropped),
            _named(col(Window.id), col(Wave.code)),
            col(Officer.code),
            col(Channel.service),
        )
        .select_from(NoticeLine)
        .join(Campaign, col(Campaign.id) == NoticeLine.campaign_id)
        .join(Assignment, col(Assignment.id) == NoticeLine.assignment_id, isouter=True)
        .join(Task, col(Task.id) == Assignment.task_id, isouter=True)
        .join(Problem, col(Problem.id) == NoticeLine.problem_id, isouter=True)
        .join(Branch, col(Branch.id) == func.coalesce(col(Assignment.branch_id), col(Problem.branch_id)), isouter=True)
        .join(Window, col(Window.id) == NoticeLine.window_id, isouter=True)
        .join(Wave, col(Wave.id) == Window.wave_id, isouter=True)
        .join(Stage, col(Stage.id) == func.coalesce(col(Task.stage_id), col(Window.stage_id)), isouter=True)
        .join(Channel, col(Channel.id) == NoticeLine.channel_id, isouter=True)
        .join(
            Officer,
            col(Officer.id) == func.coalesce(col(Channel.officer_id), col(NoticeLine.unreached_id)),
            isouter=True,
        )
        .where(col(NoticeLine.notice_id).in_(notices))
        .order_by(col(NoticeLine.section), col(NoticeLine.due_at), col(NoticeLine.id))
    )
    rows = session.execute(query).all()
    definitions = _definitions(session, {row.campaign_id for row in rows})
    lines: defaultdict[int, list[LineState]] = defaultdict(list)
    for notice, campaign_id, *work, rung, dropped, window, owner, service in rows:
        campaign, section, branch, branch_name, task, problem, said, due_at = work
        definition = definitions[campaign_id]
        found = LineState(
            campaign=campaign,
            section=section,
            branch=branch,
            branch_name=branch_name,
            task=task,
            title=Text.same(said) if said else _title(definition, task, window),
            problem=problem,
            due_at=due_at,
            last_day=last_allowed_day(due_at, definition.zone) if due_at else None,
            rung=rung,
            reached=_say(definition.reminders.rungs, rung),
            dropped=dropped,
            window=window,
            channel=ChannelGivenUp(owner, service) if owner else None,
        )
        lines[notice].append(found)
    return lines


def _named(key: SQLCoreOperations[int], code: SQLCoreOperations[str]) -> ColumnElement[str | None]:
    """Name a part of a stage the way people do, `stage/task`; null where there is none."""
    return case((key.is_not(None), col(Stage.code) + literal("/") + code))


def _definitions(session: Session, campaigns: set[int]) -> Mapping[int, Definition]:
    query = select(col(Campaign.id), col(Campaign.definition)).where(col(Campaign.id).in_(campaigns))
    return {key: parse_definition(definition) for key, definition in session.execute(query).tuples()}


def _title(definition: Definition, task: str | None, window: str | None) -> Text | None:
    if task is not None:
        stage, _, code = task.partition("/")
        return definition.stage(stage).task(code).title
    return definition.stage(window.partition("/")[0]).title if window else None


def _say(rungs: Sequence[Rung], rung: int | None) -> str | None:
    """Say a rung as its file does; nothing where an amended ladder has no such rung any more."""
    if rung is None or rung >= len(rungs):
        return None
    step = rungs[rung]
    return str(step.at) if step.every is None else f"{step.at}, then every {step.every}"

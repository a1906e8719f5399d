"""Read the feed of an officer: the last days of what is open."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.access.scopes import scope_of_officer
from actions.feeds.entries import Deadline, FeedState, revision_of
from actions.house import House
from actions.rulebook import parse_definition
from config.errors import Unknown
from config.vocabulary import AssignmentStatus, WindowStatus
from models.assignment import Assignment, Counter
from models.branch import Branch
from models.campaign import Campaign, Stage, Task
from models.database import snapshot
from models.officer import Officer
from models.scope import Scope
from models.unit import Unit
from models.window import Window
from notifications.feeds import OfficerFeed
from rules.deadlines import last_allowed_day

NAMED = 10
"""How many branches are named at most; more are counted."""

Place = tuple[str, str, date]
"""Stage, task and last allowed day."""


def read_officer_feed(house: House, feed: OfficerFeed, *, now: datetime) -> FeedState:
    """Read what an officer, and those it stands in for, have to see to; Unknown when the address was revoked.

    Counted by task and last day: branch by branch for a liaison officer, from the counters for those who answer for
    a unit.
    """
    with snapshot(house.engine) as session:
        officer = session.exec(select_rows(Officer).where(Officer.code == feed.officer)).one_or_none()
        if officer is None or officer.link_epoch != feed.epoch:
            raise Unknown("feed: not one of ours, or not all of its address; copy it again")
        scope = scope_of_officer(session, officer, now)
        campaigns = session.exec(select_rows(Campaign).order_by(col(Campaign.id)))
        entries = [entry for campaign in campaigns for entry in _deadlines(session, campaign, scope)]
        return FeedState(
            officer.code, officer.name, officer.language, tuple(sorted(entries, key=lambda entry: entry.day))
        )


def _deadlines(session: Session, campaign: Campaign, scope: Scope) -> Iterator[Deadline]:
    definition = parse_definition(campaign.definition)
    open_work: defaultdict[Place, int] = defaultdict(int)
    names: defaultdict[Place, list[str]] = defaultdict(list)
    rows = _counted(session, campaign, scope) if scope.officers is None else _named(session, campaign, scope)
    for stage, task, due_at, count, name in rows:
        place = (stage, task, last_allowed_day(due_at, definition.zone))
        open_work[place] += count
        if name is not None:
            names[place].append(name)
    if not open_work:
        return
    revision = revision_of(session, campaign, scope)
    for (stage, task, day), count in open_work.items():
        named = names[stage, task, day]
        yield Deadline(
            campaign=campaign.code,
            campaign_title=definition.title,
            stage=stage,
            task=task,
            title=definition.stage(stage).task(task).title,
            day=day,
            open=count,
            branches=tuple(named) if len(named) <= NAMED else (),
            revision=revision,
        )


Row = tuple[str, str, datetime, int, str | None]
"""Stage, task, deadline, how many are open, and the branch where it is one."""


def _named(session: Session, campaign: Campaign, scope: Scope) -> Iterator[Row]:
    query = (
        select(col(Stage.code), col(Task.code), col(Assignment.due_at), col(Branch.name))
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .where(
            col(Stage.campaign_id) == campaign.id,
            col(Assignment.status) == AssignmentStatus.OPEN,
            col(Window.status) != WindowStatus.PLANNED,
            scope.branches,
        )
        .order_by(col(Stage.position), col(Task.position), col(Branch.code))
    )
    return ((stage, task, due_at, 1, name) for stage, task, due_at, name in session.execute(query).tuples())


def _counted(session: Session, campaign: Campaign, scope: Scope) -> Iterator[Row]:
    left = func.sum(col(Counter.total) - col(Counter.done) - col(Counter.waived))
    query = (
        select(col(Stage.code), col(Task.code), col(Counter.due_at), left)
        .join(Task, col(Task.id) == Counter.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Unit, col(Unit.id) == Counter.unit_id)
        .where(col(Stage.campaign_id) == campaign.id, scope.units)
        .group_by(col(Stage.position), col(Stage.code), col(Task.position), col(Task.code), col(Counter.due_at))
        .having(left > 0)
        .order_by(col(Stage.position), col(Task.position), col(Counter.due_at))
    )
    return ((stage, task, due_at, int(count), None) for stage, task, due_at, count in session.execute(query).tuples())

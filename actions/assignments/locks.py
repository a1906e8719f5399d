"""The order in which writers lock what they share, so that none waits for another in a circle.

Whoever writes takes these in this order, leaves out what it does not touch, and never goes back:

1. the advisory locks: of the patrol, of the returns of a stage, of planning
2. a request for more time
3. windows, by their ids: whoever counts anew, moves deadlines, opens or closes
4. notices, by their ids: the sweep and the workers, who then put work off
5. assignments, by their ids, all in one statement
6. counters, by their keys
7. subtotals, by their keys; their window is held

Whoever has come as far as the assignments waits for no notice any more: it takes those alone that are free. An answer
holds no window, so that answers of one window do not wait for one another.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlmodel import Session, col

from models.assignment import Assignment, Counter
from models.campaign import Stage, Task
from models.dialects import is_postgresql, table_of
from models.window import Window


def hold_windows(session: Session, *which: ColumnElement[bool]) -> None:
    """Let those wait for one another who count windows anew or carry their counters up; of all where none is named."""
    _hold(session, select(col(Window.id)).where(*which).order_by(col(Window.id)).with_for_update(key_share=True))


def hold_stages(session: Session, stages: Iterable[Stage]) -> None:
    """Hold the windows of stages in all waves."""
    hold_windows(session, col(Window.stage_id).in_([stage.id for stage in stages]))


def hold_stage_of(session: Session, number: int) -> None:
    """Hold the windows of the stage that an assignment belongs to."""
    task_of = select(col(Assignment.task_id)).where(col(Assignment.id) == number)
    hold_windows(session, col(Window.stage_id).in_(select(col(Task.stage_id)).where(col(Task.id).in_(task_of))))


def keep_windows(session: Session) -> None:
    """Let no window turn open and no work be given out unseen; who does so later sees what this transaction wrote."""
    _hold(session, select(col(Window.id)).order_by(col(Window.id)).with_for_update())


def hold_work(session: Session, *which: ColumnElement[bool], table: Table | None = None) -> None:
    """Let nobody else change assignments, or the problems of a `table`, before this transaction ends."""
    rows = table_of(Assignment) if table is None else table
    _hold(session, select(rows.c.id).where(*which).order_by(rows.c.id).with_for_update())


def hold_counters(session: Session, *which: ColumnElement[bool]) -> None:
    """Let answers wait that would change counters which are about to be replaced."""
    keys = table_of(Counter).primary_key.columns
    _hold(session, select(*keys).where(*which).order_by(*keys).with_for_update())


def _hold(session: Session, rows: Select[Any]) -> None:
    """Lock rows one after another, without fetching them; on SQLite writers have their turns anyway."""
    if is_postgresql(session):
        session.execute(select(func.count()).select_from(rows.subquery()))

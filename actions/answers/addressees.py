"""Whom forms are for: a unit, an officer, each of them, or all that somebody sees; and the work that selects."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from actions.rulebook import Rulebook
from config.definition.text import Text
from config.errors import Refusal
from config.vocabulary import AT_WORK, AssignmentStatus, HandedTo, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Stage, Task
from models.dialects import in_chunks
from models.officer import Officer
from models.queries import WindowPlace, below, find_officer, find_unit, windows_of
from models.scope import Scope
from models.unit import Unit
from models.window import Window

NOBODY = Text(zh="无联络员的支部", en="Branches without a liaison officer")
"""Whom a form is for that nobody answers for."""

_IN_TREE: tuple[type[Unit] | type[Officer], Mapped[Any], Mapped[str]] = (Unit, col(Branch.unit_id), col(Unit.path))
_BY_CODE: tuple[type[Unit] | type[Officer], Mapped[Any], Mapped[str]] = (
    Officer,
    col(Branch.officer_id),
    col(Officer.code),
)
"""Whose names are asked for, what a branch knows them by, and what they are put in order by."""


class Addressee(NamedTuple):
    """Whose work is asked for, None for the whole scope, and what selects their branches."""

    about: Text | None
    conditions: Sequence[ColumnElement[bool]]


def find_addressee(session: Session, unit: str | None, officer: str | None, scope: Scope) -> Addressee:
    """Find a unit, an officer or, where neither is named, all that somebody sees; Unknown for what is not there."""
    if unit is not None and officer is not None:
        raise Refusal("a workbook is for a unit or for an officer; name one of the two")
    if unit is not None:
        found = find_unit(session, unit, scope)
        return Addressee(Text.same(found.name), [below(found), scope.branches])
    if officer is not None:
        person = find_officer(session, officer, scope)
        return Addressee(_named(person.name, person.code), [col(Branch.officer_id) == person.id, scope.branches])
    return Addressee(None, [scope.branches])


def addressees_of(
    session: Session, rulebook: Rulebook, each: HandedTo, within: Sequence[ColumnElement[bool]]
) -> Sequence[Addressee]:
    """Find each unit, in the order of the tree, or each officer, whose branches have work that a form would show.

    Each branch is with one of them; those without an officer are by themselves, at the end.
    """
    table, key, order = _IN_TREE if each is HandedTo.UNIT else _BY_CODE
    ids = _with_work(session, rulebook, key, within)
    named = select(order, col(table.id), col(table.name), col(table.code))
    found = [
        row
        for run in in_chunks(sorted(filter(None, ids)))
        for row in session.execute(named.where(col(table.id).in_(run))).tuples()
    ]
    addressees = [Addressee(_named(name, code), [key == id_, *within]) for _, id_, name, code in sorted(found)]
    return [*addressees, Addressee(NOBODY, [key.is_(None), *within])] if None in ids else addressees


def select_work(
    place: WindowPlace, wanted: Sequence[ColumnElement[bool]]
) -> Select[tuple[Assignment, str, str, str, str]]:
    """Select the work of a window that a form shows, with the codes and names of its branch, its unit and its task."""
    is_shown = or_(col(Window.status).in_(AT_WORK), col(Assignment.status) == AssignmentStatus.OPEN)
    return (
        select(Assignment, col(Branch.code), col(Branch.name), col(Unit.name), col(Task.code))
        .join(Branch, col(Branch.id) == Assignment.branch_id)
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .join(Task, col(Task.id) == Assignment.task_id)
        .join(Stage, col(Stage.id) == Task.stage_id)
        .join(Window, col(Window.id) == Assignment.window_id)
        .where(
            col(Assignment.window_id) == place.window.id,
            col(Window.status) != WindowStatus.PLANNED,
            is_shown,
            *wanted,
        )
    )


def _named(name: str, code: str) -> Text:
    return Text.same(f"{name} ({code})")


def _with_work(
    session: Session, rulebook: Rulebook, key: Mapped[Any], within: Sequence[ColumnElement[bool]]
) -> set[int | None]:
    """Return the different keys of branches that have work which a form would show."""
    found: set[int | None] = set()
    for place in windows_of(session, rulebook.campaign):
        found.update(session.execute(select_work(place, within).with_only_columns(key).distinct()).scalars())
    return found

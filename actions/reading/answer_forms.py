"""Read the work of a unit or an officer as a form to be filled in offline: a sheet for each window at work."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from actions.answers.addressees import Addressee, addressees_of, find_addressee, select_work
from actions.house import House
from actions.reading.assignments import figures_of
from actions.reading.suggestions import suggestions_for
from actions.reading.tasks import TaskState, task_state
from actions.rulebook import Rulebook, open_rulebook
from config.definition.schema import FigureSpec, StageSpec
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, HandedTo
from models.assignment import Assignment
from models.branch import Branch
from models.campaign import Task
from models.database import snapshot
from models.queries import WindowPlace, windows_of
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from rules.consistency import Numbers
from sheets.answers.form import AnswerForm, FormRow, FormSheet
from sheets.cells import on_the_wall

ROWS_AT_ONCE = 500


@contextmanager
def open_answer_form(
    house: House,
    campaign: str,
    *,
    unit: str | None = None,
    officer: str | None = None,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> Iterator[AnswerForm]:
    """Read a form for a unit and all below it, an officer's branches, or the whole scope, while the block lasts.

    It has the work of windows at work, and of closed ones what is still open. Raises Unknown for a campaign, a unit or
    an officer that is not there, or not inside the scope.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        yield _form(session, rulebook, find_addressee(session, unit, officer, scope), now)


@contextmanager
def open_answer_forms(
    house: House,
    campaign: str,
    each: HandedTo,
    *,
    unit: str | None = None,
    now: datetime,
    scope: Scope = EVERYTHING,
    most: int | None = None,
) -> Iterator[Iterator[AnswerForm]]:
    """Read a form for each unit or officer whose branches have work, one after the other, while the block lasts.

    Each branch is in one of them: those without a liaison officer have one of their own, at the end. All are read
    from one state of the database. `unit` narrows them to what is below it. Raises Unknown as `open_answer_form`, and
    Refusal where there would be more than `most`.
    """
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        within = find_addressee(session, unit, None, scope).conditions
        found = addressees_of(session, rulebook, each, within)
        if most is not None and len(found) > most:
            raise Refusal(
                "there would be {count} workbooks, and at most {most} are made in one go; choose a unit below",
                count=len(found),
                most=most,
            )
        yield (_form(session, rulebook, addressee, now) for addressee in found)


def _form(session: Session, rulebook: Rulebook, addressee: Addressee, now: datetime) -> AnswerForm:
    sheets = _sheets(session, rulebook, addressee.conditions, now)
    made_at = on_the_wall(now, rulebook.zone)
    return AnswerForm(rulebook.campaign.code, rulebook.definition.title, addressee.about, made_at, sheets)


def _sheets(
    session: Session, rulebook: Rulebook, wanted: Sequence[ColumnElement[bool]], now: datetime
) -> tuple[FormSheet, ...]:
    """Make a sheet of each window that has work of those wanted; its rows are read when they are asked for."""
    places = [
        place
        for place in windows_of(session, rulebook.campaign)
        if session.execute(select_work(place, wanted).limit(1)).first() is not None
    ]
    stages = [place.stage.code for place in places]
    return tuple(
        FormSheet(
            stage=place.stage.code,
            title=rulebook.definition.stage(place.stage.code).title,
            wave=place.wave.code if stages.count(place.stage.code) > 1 else None,
            first_day=place.window.first_day,
            last_day=place.window.last_day,
            figures=_figures(rulebook.definition.stage(place.stage.code)),
            rows=_rows(session, rulebook, place, wanted, now),
        )
        for place in places
    )


def _figures(stage: StageSpec) -> tuple[FigureSpec, ...]:
    """Return what the tasks of a stage ask for, in their order; a figure with other limits elsewhere comes twice."""
    found: list[FigureSpec] = []
    for figure in (figure for task in stage.tasks for figure in task.figures):
        if figure not in found:
            found.append(figure)
    return tuple(found)


def _rows(
    session: Session,
    rulebook: Rulebook,
    place: WindowPlace,
    wanted: Sequence[ColumnElement[bool]],
    now: datetime,
) -> Iterator[FormRow]:
    query = select_work(place, wanted).order_by(col(Unit.path), col(Branch.code), col(Task.position))
    stage = place.stage.code
    for part in session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)).tuples().partitions():
        figures = figures_of(session, [row[0].id for row in part if row[0].status is AssignmentStatus.DONE])
        proposed = _proposed(session, rulebook, stage, [(task, work) for work, *_, task in part])
        for assignment, branch, branch_name, unit_name, task in part:
            state = task_state(rulebook, assignment, stage, task, figures.get(assignment.id, {}), now)
            yield _row(state, branch, branch_name, unit_name, proposed.get(assignment.id, {}))


def _proposed(
    session: Session, rulebook: Rulebook, stage: str, works: Iterable[tuple[str, Assignment]]
) -> Mapping[int, Numbers]:
    """Read the figures that open work of a stage may be answered with, by the work's id."""
    open_: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for task, work in works:
        if work.status is AssignmentStatus.OPEN:
            open_[task][work.branch_id] = work.id
    return {
        ids[branch_id]: {code: each.value for code, each in suggested.items()}
        for task, ids in open_.items()
        for branch_id, suggested in suggestions_for(session, rulebook, ids, stage, task).items()
    }


def _row(state: TaskState, branch: str, branch_name: str, unit_name: str, proposed: Numbers) -> FormRow:
    return FormRow(
        branch=branch,
        branch_name=branch_name,
        unit_name=unit_name,
        task=f"{state.stage}/{state.task}",
        title=state.title,
        needs_evidence=state.spec.evidence,
        asked=state.spec.figures,
        last_day=state.last_day,
        status=state.status,
        standing=state.standing,
        figures=state.figures,
        proposed=proposed,
        note=state.note,
        seen=state.seen,
        reopened=state.reopened,
    )

"""What a campaign asked of its branches: the figures of its tasks, added up over the answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, func, select
from sqlmodel import Session, col

from actions.assignments.figures import in_units
from actions.measures.answers import answers_giving
from actions.measures.extent import Extent
from actions.measures.parts import Parts
from actions.reading.measures import amount_of, as_sql
from actions.reading.report.columns import on_pages
from actions.rulebook import Rulebook
from config.definition.schema import FigureSpec, StageSpec, TaskSpec
from models.campaign import Stage, Task
from reports.asked import Asked, AskedPart, AskedRow, AskedTable


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """A figure that a task asks for, and the answers that gave it in the days looked at."""

    stage: StageSpec
    task: TaskSpec
    spec: FigureSpec
    answers: Subquery

    def row(self, session: Session, units: Select[Any]) -> AskedRow:
        """Add up the answers of some units; a branch answers a task once."""
        amount = func.coalesce(func.sum(self.answers.c.amount), 0)
        query = select(amount.label("total"), func.count().label("branches"))
        query = query.select_from(self.answers).where(self.answers.c.unit_id.in_(units))
        total, branches = session.execute(query).tuples().one()
        return AskedRow(
            stage=self.stage.title,
            task=self.task.title,
            title=self.spec.title,
            kind=self.spec.kind,
            counted_in=self.spec.unit,
            total=in_units(self.spec, int(total)),
            branches=branches,
            source=as_sql(session, query),
        )

    def by_part(self, parts: Parts) -> Select[Any]:
        """Add up the answers part by part."""
        places = parts.table()
        query = select(places.c.part, func.sum(self.answers.c.amount).label("amount"))
        return query.join(self.answers, self.answers.c.unit_id == places.c.unit_id).group_by(places.c.part)


def read_asked(session: Session, rulebook: Rulebook, extent: Extent, units: Select[Any], parts: Parts) -> Asked:
    """Read the figures that somebody gave, in the order of the definition: in all units together, and by part."""
    rows = ((figure, figure.row(session, units)) for figure in _asked(rulebook, extent))
    given = [(figure, row) for figure, row in rows if row.branches]
    return Asked(tuple(row for _, row in given), tuple(_tables(session, rulebook, given, parts)))


def _asked(rulebook: Rulebook, extent: Extent) -> Iterator[AskedFigure]:
    for stage in rulebook.definition.stages:
        for task in stage.tasks:
            for spec in task.figures:
                here = (col(Stage.code) == stage.code, col(Task.code) == task.code)
                yield AskedFigure(stage, task, spec, answers_giving(extent, spec.code, *here).subquery())


def _tables(
    session: Session, rulebook: Rulebook, given: Sequence[tuple[AskedFigure, AskedRow]], parts: Parts
) -> Iterator[AskedTable]:
    """Lay figures out stage by stage; parts in which nobody gave one are left out."""
    for stage in rulebook.definition.stages:
        for table in on_pages([(figure, row) for figure, row in given if figure.stage is stage]):
            figures, columns = zip(*table, strict=True)
            yield AskedTable(columns, tuple(_parts(session, figures, parts)))


def _parts(session: Session, figures: Sequence[AskedFigure], parts: Parts) -> Iterator[AskedPart]:
    queries = [figure.by_part(parts) for figure in figures]
    found = [dict(session.execute(query).tuples().all()) for query in queries]
    sources = [as_sql(session, query) for query in queries]
    for part in parts.units.values():
        if any(part.code in amounts for amounts in found):
            yield AskedPart(
                part.name,
                tuple(
                    in_units(figure.spec, int(amounts.get(part.code, 0)))
                    for figure, amounts in zip(figures, found, strict=True)
                ),
                tuple(amount_of(source, part.code) for source in sources),
            )

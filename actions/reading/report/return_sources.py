"""Where the numbers of a return came from: of each the SQL that gives it, as it is written on the form."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from actions.reading.measures import as_sql
from actions.reading.recorded import recorded_query
from actions.reading.returns import PartState, ReturnState
from actions.returns.place import ReturnPlace
from actions.rulebook import Rulebook
from config.definition.figures import FigureSpec
from config.vocabulary import FigureKind, Measure
from models.assignment import Assignment, FigureValue
from models.campaign import Stage, Task
from models.returned import ReturnFigure, ReturnPart, UnitReturn
from models.unit import Unit

BROUGHT = aliased(ReturnFigure, name="brought")
STEPS = 100.0
"""How many steps an amount is kept in."""


@dataclass(frozen=True, slots=True)
class ReturnSources:
    """The SQL of a return that was read, for each of its figures."""

    session: Session
    rulebook: Rulebook
    place: ReturnPlace
    found: ReturnState

    def value(self, spec: FigureSpec) -> str:
        """Ask for what the return says: what was passed on, or what would be added up now."""
        if self.found.shown is not None:
            return self._one(spec, self._passed(spec, self.place.unit.code, self.found.shown))
        brought = [part.unit for part in self.found.parts if not part.is_own]
        there = self._latest(spec, self.place.stage.code, col(Unit.code).in_(brought))
        return f"SELECT coalesce(({self._own(spec)}), 0) + coalesce(({self._sum(spec, there)}), 0)"

    def before(self, spec: FigureSpec) -> str:
        """Ask for what the unit passed on for the period before."""
        here = col(Unit.code) == self.place.unit.code
        return self._sum(spec, self._latest(spec, self.place.period.follows or "", here, outdated=True))

    def recorded(self, spec: FigureSpec) -> str:
        """Ask for what the ledgers say of the period; nothing for what is not taken from there."""
        if not isinstance(spec.from_, Measure):
            return ""
        query = recorded_query(self.rulebook, self.place.period, spec.from_, place=self.place.unit)
        return f"SELECT amount FROM ({as_sql(self.session, query)}) AS counted"

    def part(self, spec: FigureSpec, part: PartState) -> str:
        """Ask for what one part brings."""
        if not part.is_own:
            return self._one(spec, self._passed(spec, part.unit, part.version or 0))
        if self.found.shown is None:
            return self._own(spec)
        return self._left(spec, self.found.shown)

    def _own(self, spec: FigureSpec) -> str:
        """Ask for what the unit's own branches answered."""
        query = (
            select(self._written(spec, func.sum(col(FigureValue.value))))
            .join(Assignment, col(Assignment.id) == FigureValue.assignment_id)
            .join(Task, col(Task.id) == Assignment.task_id)
            .where(
                col(Task.stage_id) == self.place.stage.id,
                col(Assignment.unit_id) == self.place.unit.id,
                col(FigureValue.code) == spec.code,
            )
        )
        return as_sql(self.session, query)

    def _left(self, spec: FigureSpec, version: int) -> str:
        """Ask for what no part of a version brought."""
        parts = (
            select(func.coalesce(func.sum(col(BROUGHT.value)), 0))
            .join(ReturnPart, col(ReturnPart.part_id) == col(BROUGHT.return_id))
            .where(col(ReturnPart.return_id) == col(ReturnFigure.return_id), col(BROUGHT.code) == spec.code)
            .scalar_subquery()
        )
        query = self._passed(spec, self.place.unit.code, version)
        return as_sql(self.session, query.with_only_columns(self._written(spec, col(ReturnFigure.value) - parts)))

    def _passed(self, spec: FigureSpec, unit: str, version: int) -> Select[Any]:
        """Select a figure of a version."""
        here = self._versions(spec, self.place.stage.code)
        return here.where(col(Unit.code) == unit, col(UnitReturn.version) == version)

    def _latest(
        self, spec: FigureSpec, stage: str, units: ColumnElement[bool], *, outdated: bool = False
    ) -> Select[Any]:
        """Select a figure of the latest versions of units; those that are being corrected only where asked for."""
        found = self._versions(spec, stage).where(units, col(UnitReturn.replaced_at).is_(None))
        return found if outdated else found.where(col(UnitReturn.outdated_at).is_(None))

    def _versions(self, spec: FigureSpec, stage: str) -> Select[Any]:
        return (
            select(ReturnFigure)
            .join(UnitReturn, col(UnitReturn.id) == ReturnFigure.return_id)
            .join(Unit, col(Unit.id) == UnitReturn.unit_id)
            .join(Stage, col(Stage.id) == UnitReturn.stage_id)
            .where(
                col(Stage.campaign_id) == self.rulebook.campaign_id,
                col(Stage.code) == stage,
                col(ReturnFigure.code) == spec.code,
            )
        )

    def _one(self, spec: FigureSpec, query: Select[Any]) -> str:
        return as_sql(self.session, query.with_only_columns(self._written(spec, col(ReturnFigure.value))))

    def _sum(self, spec: FigureSpec, query: Select[Any]) -> str:
        return as_sql(self.session, query.with_only_columns(self._written(spec, func.sum(col(ReturnFigure.value)))))

    def _written(self, spec: FigureSpec, value: Any) -> Any:
        """Turn what is kept into what people write."""
        return value / STEPS if spec.kind is FigureKind.AMOUNT else value

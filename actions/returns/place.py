"""Where a return belongs: a stage that repeats, and a unit."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from actions.assignments.figures import in_units
from actions.rulebook import Rulebook
from config.definition.repeating import PeriodSpec
from config.definition.stages import StageSpec
from config.definition.text import Titled
from config.errors import Forbidden, Refusal
from config.vocabulary import BranchStatus, WindowStatus
from models.branch import Branch
from models.campaign import Enrolment, Stage
from models.dialects import one_after_another
from models.queries import below, find_stage, find_unit
from models.scope import Scope
from models.unit import Unit
from models.window import Window


class ReturnPlace(NamedTuple):
    """A stage and a unit, with what the campaign file says of the stage and the days that its figures speak of."""

    stage: Stage
    spec: StageSpec
    period: PeriodSpec
    unit: Unit

    @property
    def label(self) -> str:
        """Name the return the way the audit does: `130622 q1`."""
        return f"{self.unit.code} {self.stage.code}"

    @property
    def stage_titled(self) -> Titled:
        """The stage, as sentences name it."""
        return Titled(self.stage.code, self.spec.title)

    def numbers(self, figures: Mapping[str, int]) -> dict[str, int | Decimal]:
        """Turn stored figures into the numbers that people write, in the order in which the stage asks for them."""
        return {code: in_units(spec, figures[code]) for code, spec in self.spec.figures.items() if code in figures}


def find_return_place(session: Session, rulebook: Rulebook, stage: str, unit: str, scope: Scope) -> ReturnPlace:
    """Find where a return belongs; Refusal for a stage that asks for none, Forbidden to whoever sees branches alone."""
    if not scope.sees_units:
        raise Forbidden("returns are for whoever answers for a unit")
    found = find_unit(session, unit, scope)
    return ReturnPlace(*find_return_stage(session, rulebook, stage), found)


def find_return_stage(session: Session, rulebook: Rulebook, code: str) -> tuple[Stage, StageSpec, PeriodSpec]:
    """Find a stage that asks for returns; Refusal with those that do where it does not."""
    row = find_stage(session, rulebook.campaign, code)
    spec = rulebook.definition.stage(code)
    if spec.period is None:
        there = ", ".join(stage.code for stage in rulebook.definition.stages if stage.period) or "none"
        raise Refusal(
            "stage {stage}: asks for no returns, for it does not repeat; those that do: {there}",
            stage=code,
            there=there,
        )
    return row, spec, spec.period


def one_at_a_time(session: Session, stage: Stage) -> None:
    """Let the returns of a stage be passed on and corrected one after another: each is made of others."""
    one_after_another(session, f"returns of stage {stage.id}")


def check_open(session: Session, place: ReturnPlace) -> None:
    """Refuse a return while a window of its stage has not opened for all below the unit."""
    query = (
        select(col(Window.first_day))
        .join(Enrolment, col(Enrolment.wave_id) == Window.wave_id)
        .join(Branch, col(Branch.id) == Enrolment.branch_id)
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .where(
            col(Window.stage_id) == place.stage.id,
            col(Window.status) == WindowStatus.PLANNED,
            col(Branch.status) == BranchStatus.ACTIVE,
            below(place.unit),
        )
        .order_by(col(Window.first_day))
        .limit(1)
    )
    day = session.execute(query).scalar_one_or_none()
    if day is not None:
        raise Refusal(
            "{unit}: {stage} is not open yet for all below it; it opens on {day}",
            unit=place.unit.name,
            stage=place.stage_titled,
            day=day,
        )

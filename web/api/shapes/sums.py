"""The JSON of what ledgers come to."""

from datetime import date
from typing import Self

from pydantic import ConfigDict

from actions.reading.coverage import CoverageDisagreement, CoverageTable, UnitCoverage
from actions.reading.measures import Figure
from actions.reading.problem_shares import ProblemShare
from actions.reading.prospects import Prospect
from actions.reading.targets import TargetState
from config.vocabulary import Measure
from web.api.shapes.paging import PageQuery, PageShape
from web.api.shapes.shape import Name, Shape


class UnitQuery(Shape):
    """Of which part of the tree something is asked for."""

    unit: Name | None = None
    """A unit and all below it, by its code, or by its name where that is unique; else all that the caller sees."""


class ExtentQuery(UnitQuery):
    """Of what figures are asked for."""

    since: date | None = None
    """From this day on."""
    until: date | None = None
    """Through this day."""


class FigureShape(Shape):
    """What a measure came to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"measure": "visits", "value": 6327}]})

    measure: Measure
    """What was asked."""
    value: int
    """What it came to."""

    @classmethod
    def of(cls, figure: Figure) -> Self:
        """Shape a figure."""
        return cls(measure=figure.measure, value=figure.value)


class FiguresShape(Shape):
    """Every measure."""

    items: tuple[FigureShape, ...]
    """What each came to."""


class TargetShape(Shape):
    """A number that a unit is to reach, and how far it is."""

    number: int
    """The number of its entry in the ledger of targets."""
    unit: str
    """The code of the unit."""
    measure: Measure
    """What is measured."""
    wanted: int
    """What it is to come to."""
    reached: int
    """What it came to by the due day, or comes to today before that."""
    due: date
    """By when."""
    person: str
    """Who answers for it."""
    met: bool
    """Whether it is reached."""
    late: bool
    """Whether the day is past and it is not."""

    @classmethod
    def of(cls, state: TargetState) -> Self:
        """Shape a target."""
        return cls(
            number=state.number,
            unit=state.unit,
            measure=state.entry.measure,
            wanted=state.entry.wanted,
            reached=state.reached,
            due=state.entry.due,
            person=state.entry.person,
            met=state.is_met,
            late=state.is_late,
        )


class TargetsShape(Shape):
    """Every target that the caller sees."""

    items: tuple[TargetShape, ...]
    """The targets, in the order in which they were set."""


class UnitCoverageShape(Shape):
    """What was counted last in a part of the tree."""

    unit: str
    """The code of the unit; what counts for the unit asked for itself stands under its own code."""
    unit_name: str
    """The name of that unit."""
    enterprises: int
    """The enterprises, sole traders not among them."""
    enterprises_with_members: int
    """Those of them that have members."""
    organisations: int
    """The organisations in them."""
    share: float | None
    """Organisations for each enterprise; null where there is none."""

    @classmethod
    def of(cls, part: UnitCoverage) -> Self:
        """Shape a part."""
        return cls(
            unit=part.unit,
            unit_name=part.unit_name,
            enterprises=part.enterprises,
            enterprises_with_members=part.enterprises_with_members,
            organisations=part.organisations,
            share=part.share,
        )


class CoverageDisagreementShape(Shape):
    """A number of a unit with all below it that those below it do not come to; theirs counts."""

    number: int
    """The number of the unit's entry in the ledger of coverage."""
    unit: str
    """The code of the unit."""
    column: str
    """The column of the ledger."""
    said: int
    """What the unit said."""
    below: int
    """What those below it come to."""

    @classmethod
    def of(cls, found: CoverageDisagreement) -> Self:
        """Shape a disagreement."""
        return cls(number=found.number, unit=found.unit, column=found.column, said=found.said, below=found.below)


class CoverageShape(Shape):
    """Coverage by unit, and what does not agree in it."""

    items: tuple[UnitCoverageShape, ...]
    """The parts of the tree in which something was counted."""
    disagreements: tuple[CoverageDisagreementShape, ...]
    """The numbers that do not agree."""

    @classmethod
    def of(cls, found: CoverageTable) -> Self:
        """Shape coverage."""
        return cls(
            items=tuple(map(UnitCoverageShape.of, found.parts)),
            disagreements=tuple(map(CoverageDisagreementShape.of, found.disagreements)),
        )


class ProspectQuery(PageQuery):
    """Which prospects are asked for."""

    unit: Name | None = None
    """Those of a unit and all below it, by its code, or by its name where that is unique."""


class ProspectShape(Shape):
    """An enterprise that can found a branch, and has not begun to."""

    number: int
    """The number of its entry in the ledger of foundations."""
    unit: str
    """The code of its unit."""
    enterprise: str
    """Its name."""
    employees: int
    """How many work there."""
    full_members: int
    """How many full members there are among them."""
    first: bool
    """Whether it comes before the smaller ones."""
    officer: str | None
    """The officer who looks after it, by the code."""

    @classmethod
    def of(cls, prospect: Prospect) -> Self:
        """Shape a prospect."""
        return cls(
            number=prospect.number,
            unit=prospect.unit,
            enterprise=prospect.entry.enterprise,
            employees=prospect.entry.employees,
            full_members=prospect.entry.full_members,
            first=prospect.comes_first,
            officer=prospect.entry.officer,
        )


class ProspectPage(PageShape[ProspectShape]):
    """Some prospects, the larger before the smaller."""


class ProblemShareShape(Shape):
    """The problems of one category in one part of the tree."""

    unit: str
    """The code of the unit."""
    category: str | None
    """The category; null for those that have none."""
    found: int
    """How many were found."""
    solved: int
    """How many of them are solved."""
    verified: int
    """How many of the solved ones were verified."""
    share: float
    """The share solved, from 0 to 1."""

    @classmethod
    def of(cls, share: ProblemShare) -> Self:
        """Shape a share."""
        return cls(
            unit=share.unit,
            category=share.category,
            found=share.found,
            solved=share.solved,
            verified=share.verified,
            share=share.solved_share,
        )


class ProblemSharesShape(Shape):
    """Problems by unit and category."""

    items: tuple[ProblemShareShape, ...]
    """The shares, unit by unit."""

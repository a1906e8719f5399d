"""The JSON of ledgers: their columns and their entries."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints

from actions.reading.ledgers import EntryState
from config.ledgers.columns import Column, ColumnKind, columns_of
from config.ledgers.entry import Entry
from config.vocabulary import LedgerCode
from web.api.shapes.paging import PageQuery, PageShape
from web.api.shapes.shape import Code, Instant, Name, Reason, Shape, TextShape

Value = Annotated[str, StringConstraints(max_length=20_000)] | bool | int | None
Values = Annotated[dict[str, Value], Field(max_length=40)]

VISIT: dict[str, Any] = {
    "day": "2009-10-12",
    "branch": "130683-001",
    "officer": "L130683-01",
    "way": "lecture",
    "persons": 3,
    "findings": None,
}
_EXAMPLE: dict[str, Any] = {
    "ledger": "visits",
    "number": 12,
    "entry": VISIT,
    "unit": "130683",
    "unit_name": "安国市",
    "branch_name": "澜禾药业党支部",
    "recorded_at": "2009-10-12T08:14:05Z",
    "recorded_by": "wang.min",
    "changed_at": None,
    "changed_by": None,
    "struck": False,
    "problem": 7,
    "task": None,
}


class ColumnShape(Shape):
    """A column of a ledger."""

    code: str
    """What it is called by in an entry."""
    title: TextShape
    """What people call it."""
    kind: ColumnKind
    """What stands in it; a day is written like 2009-10-12, branch, unit and officer by their codes."""
    needed: bool
    """Whether it may not be left out."""
    choices: tuple[str, ...] | None
    """The words of a choice."""
    least: int | None
    """The least that a count may be."""
    most: int | None
    """The most that a count may be."""
    longest: int | None
    """How many characters a text may have."""

    @classmethod
    def of(cls, column: Column) -> Self:
        """Shape a column."""
        return cls(
            code=column.code,
            title=TextShape.of(column.title),
            kind=column.kind,
            needed=column.is_needed,
            choices=tuple(column.choices) if column.choices else None,
            least=column.least,
            most=column.most,
            longest=column.longest,
        )


class LedgerShape(Shape):
    """A ledger with its columns."""

    ledger: LedgerCode
    """What it is called by."""
    title: TextShape
    """What people call it."""
    columns: tuple[ColumnShape, ...]
    """What an entry of it says."""

    @classmethod
    def of(cls, entry: type[Entry]) -> Self:
        """Shape a ledger."""
        columns = tuple(map(ColumnShape.of, columns_of(entry)))
        return cls(ledger=entry.ledger, title=TextShape.of(entry.title), columns=columns)


class LedgersShape(Shape):
    """Every ledger."""

    items: tuple[LedgerShape, ...]
    """The ledgers, in the order of their pages."""


class EntryShape(Shape):
    """An entry of a ledger."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    ledger: LedgerCode
    """The ledger that it stands in."""
    number: int
    """Its number in the ledger, within the campaign."""
    entry: Values
    """What it says, by the codes of the columns."""
    unit: str
    """The code of the unit that it counts for."""
    unit_name: str
    """The name of that unit."""
    branch_name: str | None
    """The name of the branch that it is about."""
    recorded_at: Instant
    """When it was written."""
    recorded_by: str
    """By whom."""
    changed_at: Instant | None
    """When it was corrected or struck last."""
    changed_by: str | None
    """By whom."""
    struck: bool
    """Whether it was struck, and counts nowhere."""
    problem: int | None
    """The number of the problem that a visit brought."""
    task: str | None
    """The task that a visit completed, as stage/task."""

    @classmethod
    def of(cls, state: EntryState) -> Self:
        """Shape an entry as it was read."""
        return cls(
            ledger=state.entry.ledger,
            number=state.number,
            entry=state.entry.model_dump(mode="json"),
            unit=state.unit,
            unit_name=state.unit_name,
            branch_name=state.branch_name,
            recorded_at=state.recorded_at,
            recorded_by=state.recorded_by,
            changed_at=state.changed_at,
            changed_by=state.changed_by,
            struck=state.is_struck,
            problem=state.problem,
            task=state.task,
        )


class EntryPage(PageShape[EntryShape]):
    """Some entries, the latest written first."""


class EntryQuery(PageQuery):
    """Which entries are asked for; all conditions hold at once."""

    unit: Name | None = None
    """Those of a unit and all below it, by its code, or by its name where that is unique."""
    branch: Code | None = None
    """Those of a branch, by its code."""
    since: date | None = None
    """Those from a day on."""
    until: date | None = None
    """Those through a day."""
    with_struck: bool = False
    """Also those that were struck."""


class WrittenShape(Shape):
    """An entry as it is to stand."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"entry": VISIT}]})

    entry: Values
    """What it says, by the codes of the columns; `GET /ledgers` lists them."""


class CorrectionShape(Shape):
    """An entry as it is to stand from now on, and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"entry": VISIT, "reason": "人数少记一人"}]})

    entry: Values
    """What it says, all columns of it."""
    reason: Reason
    """Why."""


class StrikingShape(Shape):
    """Why an entry is to count no more."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "重复登记"}]})

    reason: Reason
    """Why."""

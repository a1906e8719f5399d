"""What a sample is made of, before anything of it is in a home."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from actions.house import House
from config import samples
from config.definition.stages import StageSpec
from config.definition.tasks import TaskSpec
from config.ledgers.entry import Entry
from config.registry import Column
from config.samples.draws import pick
from config.vocabulary import UnitLevel

FOLDER = Path(samples.__file__).parent
MARK = "（虚构）"
SATURDAY = 5

Cells = dict[Column, str]


@dataclass(frozen=True, slots=True)
class Helper:
    """A liaison officer who stands in no row of the registry."""

    code: str
    name: str
    unit: str


Figures = Callable[[str, StageSpec, TaskSpec], Mapping[str, int]]
"""What a branch answers to a task of a stage."""


def _no_figures(branch: str, stage: StageSpec, task: TaskSpec) -> Mapping[str, int]:  # noqa: ARG001 - one of many
    """Answer without figures."""
    return {}


def _nothing_more(house: House) -> None:
    """Leave it at the entries."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A place: its registry, its campaign, and what is written into the ledgers from `first` through `last`.

    `finish` does what entries alone do not say, after all of them.
    """

    code: str
    first: date
    last: date
    registry: Sequence[Cells]
    entries: Sequence[Entry]
    helpers: Sequence[Helper] = ()
    figures: Figures = field(default=_no_figures)
    finish: Callable[[House], None] = field(default=_nothing_more)

    @property
    def definition(self) -> Path:
        """The campaign file."""
        return FOLDER / f"{self.code}.yaml"


def weekdays(first: date, last: date) -> list[date]:
    """Return the days from Monday to Friday between two days, both included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < SATURDAY]


def some_day(days: Sequence[date], *key: str | int) -> date:
    """Draw a day."""
    return pick(days, *key, "day")


def unit_cells(code: str, name: str, level: UnitLevel, parent: str = "") -> Cells:
    """Write a row of the registry that adds a unit."""
    return {
        Column.UNIT_CODE: code,
        Column.UNIT_NAME: name,
        Column.PARENT_CODE: parent,
        Column.LEVEL: level,
    }


def towns_below(county: Cells, count: int, called: str) -> Iterator[Cells]:
    """Write the rows of as many invented units below a county."""
    code = county[Column.UNIT_CODE]
    for number in range(1, count + 1):
        yield unit_cells(f"{code}{number:02}", f"{called}{number:02}{MARK}", UnitLevel.TOWNSHIP, code)

"""What a campaign asked of its branches, as plain values: the figures of its tasks, added up over the answers."""

from dataclasses import dataclass
from decimal import Decimal

from config.definition.text import Text
from config.vocabulary import FigureKind, Language

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A figure of a task, what all answers come to, and how many branches gave it.

    `source` gives `total`, in the smallest steps of its kind, and `branches`.
    """

    stage: Text
    task: Text
    title: Text
    kind: FigureKind
    counted_in: Text | None
    total: Number
    branches: int
    source: str

    @property
    def name(self) -> Text:
        """The figure, and what it is counted in."""
        return Text(**{language: name_asked(self.title, self.counted_in, language) for language in Language})


@dataclass(frozen=True, slots=True)
class AskedPart:
    """What the figures of a table come to in one part of the tree.

    Each has an SQL that gives it as `amount`, in the smallest steps of its kind.
    """

    name: str
    values: tuple[Number, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedTable:
    """Figures of one stage by the parts of the tree."""

    asked: tuple[AskedRow, ...]
    rows: tuple[AskedPart, ...]

    @property
    def stage(self) -> Text:
        """The stage that asks for them."""
        return self.asked[0].stage

    def columns(self, language: Language) -> list[str]:
        """Name the figures; where two have one name, with their tasks."""
        names = [row.name.of(language) for row in self.asked]
        tasks = [row.task.of(language) for row in self.asked]
        return [f"{task} {name}" if names.count(name) > 1 else name for task, name in zip(tasks, names, strict=True)]


@dataclass(frozen=True, slots=True)
class Asked:
    """All figures that somebody gave, in the order in which they were asked for."""

    rows: tuple[AskedRow, ...]
    tables: tuple[AskedTable, ...]


def name_asked(title: Text, counted_in: Text | None, language: Language) -> str:
    """Say a figure, and what it is counted in."""
    unit, name = counted_in.of(language) if counted_in else "", title.of(language)
    if not unit:
        return name
    return f"{name}（{unit}）" if language is Language.ZH else f"{name} ({unit})"


def written(column: str, kind: FigureKind) -> str:
    """Ask for a figure as people write it, of an SQL that gives it in the smallest steps of its kind."""
    return f"{column} / 100.0" if kind is FigureKind.AMOUNT else column

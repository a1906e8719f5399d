"""How work stands by unit, as plain values; and how a report says work, whether of a stage or of a unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.definition.text import Text
from config.vocabulary import Language
from notifications.writing.wording import say_number, say_share
from reports.book import Value
from reports.columns import DONE, LATE, SHARE, WANTED
from reports.sources import Source, named, picked
from rules.progress import Tally, completeness, overdue

WORK = (DONE, WANTED, SHARE, LATE)
"""The columns in which work is shown."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """All work of one part of the tree; `source` gives what a Tally counts, by its names."""

    name: str
    tally: Tally
    source: str


@dataclass(frozen=True, slots=True)
class WorkTable:
    """Work by the parts of the tree, and all of it."""

    rows: tuple[WorkRow, ...]
    total: WorkRow


@dataclass(frozen=True, slots=True)
class Afterwards:
    """When a campaign ended, and what came later: answers, given or corrected, and problems that were solved.

    Work stands in the report as it stood that day; what came later is counted in all else. `source` gives `answers`
    and `source_solved` gives `solved`.
    """

    ended_on: date
    answers: int
    solved: int
    source: str
    source_solved: str


def work_facts(tally: Tally, language: Language) -> dict[str, Any]:
    """Say work under the names that a template may use."""
    return {
        "done": say_number(tally.done),
        "wanted": say_number(tally.total - tally.waived),
        "share": say_share(completeness(tally), language),
        "overdue": say_number(overdue(tally)),
    }


def work_cells(tally: Tally) -> tuple[Value, ...]:
    """Lay work out as cells under the columns of WORK."""
    return tally.done, tally.total - tally.waived, completeness(tally), overdue(tally)


def work_sources(page: Text, name: str, tally: Tally, source: str, language: Language) -> Iterator[Source]:
    """List the source of each number of it; a share of nothing is none."""
    wanted = "total - waived"
    asked = ("done", wanted, f"1.0 * done / ({wanted})", "due - due_done")
    for column, value, expression in zip(WORK, work_cells(tally), asked, strict=True):
        if value is not None:
            yield Source(page.of(language), named(name, column, language), value, picked(expression, source))

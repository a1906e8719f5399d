"""What the form at an address asks for, by the titles and words that people know it by."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from actions.house import House
from actions.reading.campaigns import read_definitions
from config.definition.tasks import TaskSpec
from config.definition.text import Text
from config.ledgers.all import LEDGERS
from config.ledgers.columns import ColumnKind, columns_of
from config.vocabulary import OfficerRole
from web.labels import FIGURE, Choices

_LEDGER = re.compile(r"/campaigns/[^/]+/ledgers/(?P<ledger>[^/?]+)")
_TASK = re.compile(r"/campaigns/(?P<campaign>[^/]+)/branches/[^/]+/tasks/(?P<stage>[^/]+)/(?P<task>[^/?]+)")
_STAGE = re.compile(r"/campaigns/(?P<campaign>[^/]+)/(?:windows|returns)/(?P<stage>[^/]+)/")
_PEOPLE = re.compile(r"/people(?:/|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """The titles of the fields of a form, and what may be chosen in them, by their names."""

    titles: Mapping[str, Text] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)


NOTHING_ASKED = Asked()


def asked_at(house: House, address: str) -> Asked:
    """Find what the form of a task, a ledger, a window, a return or of people asks for; nothing for any other."""
    if found := _LEDGER.search(address):
        return _entry(unquote(found["ledger"]))
    if found := _TASK.search(address):
        campaign, stage, task = (unquote(found[name]) for name in ("campaign", "stage", "task"))
        return Asked(_figures(spec for spec in _tasks(house, campaign, stage) if spec.code == task))
    if found := _STAGE.search(address):
        campaign, stage = (unquote(found[name]) for name in ("campaign", "stage"))
        tasks = _tasks(house, campaign, stage)
        return Asked(_figures(tasks), {"task": {spec.code: spec.title for spec in tasks}})
    return Asked(choices={"role": OfficerRole}) if _PEOPLE.search(address) else NOTHING_ASKED


def _entry(ledger: str) -> Asked:
    entry = {each.value: entry for each, entry in LEDGERS.items()}.get(ledger)
    columns = columns_of(entry) if entry else ()
    chosen: dict[str, Choices] = {column.code: column.choices for column in columns if column.choices}
    ticked: dict[str, Choices] = {column.code: bool for column in columns if column.kind is ColumnKind.YES}
    return Asked({column.code: column.title for column in columns}, chosen | ticked)


def _tasks(house: House, campaign: str, stage: str) -> list[TaskSpec]:
    definitions = read_definitions(house, [campaign]).values()
    return [task for each in definitions for spec in each.stages if spec.code == stage for task in spec.tasks]


def _figures(tasks: Iterable[TaskSpec]) -> dict[str, Text]:
    return {FIGURE + figure.code: figure.title for task in tasks for figure in task.figures}

"""What the form at an address asks for, by the titles that people know it by."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from actions.house import House
from actions.reading.campaigns import read_definitions
from config.definition.text import Text
from config.ledgers.all import LEDGERS
from config.ledgers.columns import columns_of
from web.labels import FIGURE

_LEDGER = re.compile(r"/campaigns/[^/]+/ledgers/(?P<ledger>[^/?]+)")
_TASK = re.compile(r"/campaigns/(?P<campaign>[^/]+)/branches/[^/]+/tasks/(?P<stage>[^/]+)/(?P<task>[^/?]+)")


def titles_at(house: House, address: str) -> Mapping[str, Text]:
    """Return the titles of the figures of a task, or of the columns of a ledger, by the names of their fields."""
    if found := _LEDGER.search(address):
        ledgers = {ledger.value: entry for ledger, entry in LEDGERS.items()}
        entry = ledgers.get(unquote(found["ledger"]))
        return {column.code: column.title for column in columns_of(entry)} if entry else {}
    found = _TASK.search(address)
    if found is None:
        return {}
    campaign, stage, task = (unquote(found[name]) for name in ("campaign", "stage", "task"))
    return {
        FIGURE + figure.code: figure.title
        for definition in read_definitions(house, [campaign]).values()
        for each in definition.stages
        for spec in each.tasks
        if (each.code, spec.code) == (stage, task)
        for figure in spec.figures
    }

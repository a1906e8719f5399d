"""Which figures the form at an address asks for, by the titles that people know them by."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from actions.house import House
from actions.reading.campaigns import read_definitions
from config.definition.text import Text

_TASK = re.compile(r"/campaigns/(?P<campaign>[^/]+)/branches/[^/]+/tasks/(?P<stage>[^/]+)/(?P<task>[^/?]+)")


def figures_at(house: House, address: str) -> Mapping[str, Text]:
    """Return the titles of the figures by their codes; none where the address is of no task."""
    found = _TASK.search(address)
    if found is None:
        return {}
    campaign, stage, task = (unquote(found[name]) for name in ("campaign", "stage", "task"))
    return {
        figure.code: figure.title
        for definition in read_definitions(house, [campaign]).values()
        for each in definition.stages
        for spec in each.tasks
        if (each.code, spec.code) == (stage, task)
        for figure in spec.figures
    }

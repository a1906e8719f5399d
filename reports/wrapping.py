"""Lines as Chinese is set: broken between any two characters, but no line begins with a mark that closes."""

import re
from collections.abc import Callable, Iterator

UNIT = re.compile(r"[（《“‘]*(?:[^\s\u2e80-\u9fff\uff00-\uffef]+|\S)[，。；：、！？）》”’％…]*|\s+")
"""What stays on one line: a word or a Chinese character, with marks that open before it and close after it."""


def wrap(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Break a paragraph into lines that are no wider than `width`; one unit that is wider stands alone."""
    line = ""
    for unit in UNIT.findall(text):
        if line and measure((line + unit).rstrip()) > width:
            yield line.rstrip()
            line = ""
        if line or not unit.isspace() or unit == "　　":
            line += unit
    if line.strip():
        yield line.rstrip()

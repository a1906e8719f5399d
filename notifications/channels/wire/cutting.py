"""Cut texts to what a provider takes, counted in bytes of UTF-8 and never through a character.

Texts are written to fit; this is for one that does not, so that the provider refuses none for its length.
"""

import json
from bisect import bisect_right
from itertools import accumulate


def cut(text: str, longest: int) -> str:
    """Keep as much of the beginning as fits into so many bytes."""
    return text.encode()[:longest].decode(errors="ignore")


def cut_in_json(text: str, longest: int) -> str:
    """Keep as much of the beginning as fits when it stands in JSON, where a quote or a new line takes two bytes."""
    if _taken(text) <= longest:
        return text
    sizes = list(accumulate(map(_taken, text)))
    return text[: bisect_right(sizes, longest)]


def _taken(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - len('""')

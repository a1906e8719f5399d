"""Numbers, as people write them into cells and forms."""

import re
from decimal import Decimal

FULL_WIDTH = {0xFF01 + place: chr(0x21 + place) for place in range(0x5E)} | {0x3000: " "}
"""What a Chinese keyboard writes in full width, as it is meant in a code or a number."""

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:[0-9]{1,24}|[0-9]{1,3}(?:,[0-9]{3}){1,7}|[0-9]{1,3}(?: [0-9]{3}){1,7})(?:\.[0-9]{1,12})?)"
    r" ?(?:人次|[人名个家户次条件份场篇位])?"
)
_BETWEEN_THOUSANDS = str.maketrans("", "", ", ")


def read_number(text: str) -> Decimal | None:
    """Return the number that a text is; None for what is none, such as an estimate.

    Full-width digits count, `1,234` and `1 234` are numbers, and so is `12人`: what was counted changes no number.
    """
    found = _NUMBER.fullmatch(text.translate(FULL_WIDTH).strip())
    return Decimal(found["number"].translate(_BETWEEN_THOUSANDS)) if found else None

"""Telephone numbers, as people write them."""

import re

from config.errors import WrongValue

SHORTEST, LONGEST = 5, 20

_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]*[0-9]")
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0D: "-", 0xFF0B: "+"}


def read_number(text: str) -> str:
    """Return a number without the blanks around it, full-width digits as digits; WrongValue for what is none."""
    number = text.strip().translate(_FULL_WIDTH)
    if not (SHORTEST <= len(number) <= LONGEST and _NUMBER.fullmatch(number)):
        raise WrongValue(
            "not a telephone number; write {least} to {most} digits, spaces and hyphens, with + before a country's",
            least=SHORTEST,
            most=LONGEST,
        )
    return number

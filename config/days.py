"""Days that people write, in forms, commands and entries alike."""

import re
from datetime import date
from unicodedata import normalize

from config.said import Said

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)", re.ASCII)

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Within what a day that people write lies."""

NO_DAY = Said("is not a day; write it like 2009-12-18")


def is_usual(day: date) -> bool:
    """Tell whether a day lies in a year that a campaign may have."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def find_day(text: str) -> date | None:
    """Return the day that a text is; None for what is none, or lies in no usual year.

    Written like 2009-12-18, 2009/12/18, 2009.12.18, 2009年12月18日 or 20091218, with digits of either width. The year
    stands first: of 3/4/2009 nobody knows which the month is.
    """
    match = _DAY.fullmatch(normalize("NFKC", text).strip())
    try:
        found = date(*(int(part) for part in match.groups() if part is not None)) if match else None
    except ValueError:
        return None
    return found if found is not None and is_usual(found) else None

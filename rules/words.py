"""What people type: texts in their own words, how long they may be, and days."""

import re
from datetime import date

from config.errors import Refusal

LONGEST_ACTOR = 100
LONGEST_NOTE = 2_000
LONGEST_REASON = 1_000
LONGEST_TITLE = 400

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)", re.ASCII)

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Within what a day that people type lies."""


def read_words(text: str, longest: int) -> str:
    """Return a text without the blanks around it.

    Raises Refusal for one that says nothing, is longer than `longest` characters, or has a character that no
    database keeps, or the stand-in for bytes that were no text.
    """
    said = text.strip()
    if not said:
        raise Refusal("says nothing")
    if len(said) > longest:
        raise Refusal("has {length} characters; at most {most} are kept", length=len(said), most=longest)
    if "\0" in said or "\ufffd" in said or not _is_text(said):
        raise Refusal("has a character in it that cannot be stored")
    return said


def read_day(text: str) -> date:
    """Return a day; Refusal for what is none, or lies in no year that a campaign has.

    Written like 2009-12-18, 2009/12/18, 2009.12.18, 2009年12月18日 or 20091218. The year stands first: of 3/4/2009
    nobody knows which the month is.
    """
    match = _DAY.fullmatch(text.strip())
    try:
        found = date(*(int(part) for part in match.groups() if part is not None)) if match else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal("is not a day; write it like 2009-12-18")
    return found


def read_day_or_none(text: str) -> date | None:
    """Read a day as `read_day` does; None where nothing is written."""
    return read_day(text) if text.strip() else None


def _is_text(said: str) -> bool:
    """Tell text from the stand-ins that Python makes of bytes it cannot read."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True

"""What people type: texts in their own words, how long they may be, and days."""

from datetime import date

from config.days import NO_DAY, find_day
from config.errors import Refusal

LONGEST_ACTOR = 100
LONGEST_NOTE = 2_000
LONGEST_REASON = 1_000
LONGEST_TITLE = 400


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
    """Return a day as `config.days` finds it; Refusal for what is none."""
    found = find_day(text)
    if found is None:
        raise Refusal(NO_DAY)
    return found


def _is_text(said: str) -> bool:
    """Tell text from the stand-ins that Python makes of bytes it cannot read."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True

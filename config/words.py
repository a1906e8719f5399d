"""What people write in their own words: notes, reasons, answers, and how long they may be."""

from config.errors import Refusal

LONGEST_NOTE = 2_000
LONGEST_REASON = 1_000


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


def _is_text(said: str) -> bool:
    """Tell text from the stand-ins that Python makes of bytes it cannot read."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True

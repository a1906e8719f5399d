"""Text on one line, as names and passwords are: nothing in it that no screen shows and no database keeps."""

import unicodedata

from config.errors import Refusal

_UNSHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters with the breaks of lines, and halves of characters, which Python makes of bytes it cannot read."""


def is_one_line(text: str) -> bool:
    """Tell whether a text can be kept as it is."""
    return not any(unicodedata.category(character) in _UNSHOWN for character in text)


def check_name(name: str, longest: int) -> str:
    """Return a name without the space around it; Refusal for none, a long one and several lines."""
    name = name.strip()
    if not 0 < len(name) <= longest:
        raise Refusal("name: must have from 1 to {longest} characters", longest=longest)
    if not is_one_line(name):
        raise Refusal("name: has a character in it that cannot be shown")
    return name

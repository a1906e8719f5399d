"""What was before against what is after, in words that a page can show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed; what it was or is has no words where there was, or is, nothing."""

    what: str
    before: str | None
    after: str | None


def compare(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    name_of: Callable[[str], str],
    say: Callable[[str, Any], str | None],
) -> tuple[Difference, ...]:
    """Hold what was before against what is after, leaving out what stayed; `say` says a value, None for nothing."""
    names = dict.fromkeys((*before, *after))
    found = (Difference(name_of(name), say(name, before.get(name)), say(name, after.get(name))) for name in names)
    return tuple(each for each in found if each.before != each.after)

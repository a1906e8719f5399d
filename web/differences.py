"""What was before against what is after, in words that a page can show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed; what it was or is has no words where there was, or is, nothing."""

    what: str
    before: str | None
    after: str | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Hold what was before against what is after, leaving out what stayed."""
    names = dict.fromkeys((*before, *after))
    found = (Difference(name, _said(before.get(name)), _said(after.get(name))) for name in names)
    return tuple(each for each in found if each.before != each.after)


def _said(value: object) -> str | None:
    if value is None or value in ("", [], {}):
        return None
    match value:
        case list():
            return ", ".join(_said(each) or "–" for each in value)
        case dict():
            return ", ".join(f"{name}: {_said(each) or '–'}" for name, each in value.items())
    return str(value)

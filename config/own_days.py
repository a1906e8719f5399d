"""A file of an operator's own days: what the built-in calendar does not know yet, or has otherwise.

confirmed_through: 2027-12-31
working: [2027-02-14]
off: [2027-02-08, 2027-02-09]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from config.documents import Document, PathFault, read_document
from config.errors import CalendarFileError
from config.said import Said

_KEYS = ("confirmed_through", "working", "off")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Days worked and days off that win over the country's; `confirmed_through` replaces the country's if given."""

    confirmed_through: date | None
    working: tuple[date, ...]
    off: tuple[date, ...]


def read_own_days(file: Path, first: date, last: date) -> OwnDays:
    """Read a file of own days between `first` and `last`; CalendarFileError with all its faults when it has any."""
    document = read_document(file, CalendarFileError)
    faults = [*document.faults, *(document.fault(*fault) for fault in _find_faults(document, first, last))]
    if faults:
        raise CalendarFileError(sorted(faults))
    confirmed = document.value.get("confirmed_through")
    return OwnDays(
        confirmed_through=None if confirmed is None else date.fromisoformat(confirmed),
        working=_days(document, "working"),
        off=_days(document, "off"),
    )


def _days(document: Document, key: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in document.value.get(key) or ())


def _find_faults(document: Document, first: date, last: date) -> Iterator[PathFault]:
    said = document.value
    known = Said("unknown key; known here: {known}", known=", ".join(_KEYS))
    yield from (((key,), known) for key in said if key not in _KEYS)
    if said.get("confirmed_through") is not None and (fault := _fault(said["confirmed_through"], first, last)):
        yield ("confirmed_through",), fault
    seen = set()
    for key in ("working", "off"):
        days = said.get(key) or []
        if not isinstance(days, list):
            yield (key,), Said("must be a list of days, such as [2027-02-14]")
            continue
        for i, day in enumerate(days):
            if fault := _fault(day, first, last):
                yield (key, i), fault
            elif day in seen:
                yield (key, i), Said("{day} is named twice", day=day)
            else:
                seen.add(day)


def _fault(day: Any, first: date, last: date) -> Said | None:
    if not isinstance(day, str) or not _DAY.fullmatch(day):
        return Said('cannot read "{day}"; write a day like 2027-02-14', day=day)
    try:
        parsed = date.fromisoformat(day)
    except ValueError:
        return Said("{day} is not a day of any year", day=day)
    if first <= parsed <= last:
        return None
    return Said("{day} is outside the calendar, which reaches from {first} to {last}", day=day, first=first, last=last)

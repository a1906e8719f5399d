"""The audit record."""

import json
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from actions.reading.events import EventState, Facts
from actions.reading.stored import say_stored
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.events import EventShape
from config.spoken import say
from config.vocabulary import Language


def event_shapes(events: Iterable[EventState]) -> tuple[EventShape, ...]:
    """Give the events as `audit --json` prints them."""
    return tuple(
        EventShape(
            event=event.number,
            at=event.at,
            actor=event.actor,
            kind=event.kind,
            campaign=event.campaign,
            branch=event.branch,
            subject=event.subject,
            before=event.before,
            after=event.after,
            reason=event.reason,
        )
        for event in events
    )


def print_events(events: Iterable[EventState], language: Language, timezone: str) -> None:
    """Print the events as a table, their instants in a zone."""
    listed = table(language, *(Label.DAY, Label.WHO, Label.WHAT, Label.ABOUT, Label.BEFORE, Label.AFTER, Label.REASON))
    for event in events:
        listed.add_row(
            f"{event.at.astimezone(ZoneInfo(timezone)):%Y-%m-%d\n%H:%M:%S}",
            event.actor,
            say(event.kind, language),
            event.subject,
            _facts(event.before),
            _facts(event.after),
            say_stored(event.reason or "", language),
        )
    console().print(listed)


def _facts(facts: Facts) -> str:
    return "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())

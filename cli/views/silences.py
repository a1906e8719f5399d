"""The silences."""

from datetime import datetime
from zoneinfo import ZoneInfo

from actions.reading.silences import Silences
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.people import SilenceShape
from config.vocabulary import Language
from rules.deadlines import end_of, last_allowed_day


def silence_shapes(found: Silences) -> tuple[SilenceShape, ...]:
    """Give the silences as `silence list --json` prints them."""
    return tuple(
        SilenceShape(
            silence=silence.number,
            branch=silence.branch,
            unit=silence.unit,
            starts=silence.starts_at,
            ends=silence.ends_at,
            reason=silence.reason,
            added_at=silence.added_at,
            added_by=silence.added_by,
            lifted_at=silence.lifted_at,
            lifted_by=silence.lifted_by,
            in_force=silence.in_force,
        )
        for silence in found.silences
    )


def print_silences(found: Silences, language: Language) -> None:
    """Print the silences as a table: through the last day, or until an instant; one that was lifted ended then."""
    listed = table(language, *(Label.NUMBER, Label.SILENCED, Label.STARTS, Label.ENDS, Label.IN_FORCE, Label.REASON))
    for silence in found.silences:
        listed.add_row(
            str(silence.number),
            f"{silence.name}\n{silence.branch or silence.unit}",
            _say(silence.starts_at, found.zone),
            _say(silence.lifted_at, found.zone) if silence.lifted_at else _say_end(silence.ends_at, found.zone),
            "●" if silence.in_force else "",
            silence.reason,
        )
    console().print(listed)


def _say(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d\n%H:%M}"


def _say_end(instant: datetime, zone: ZoneInfo) -> str:
    """Say how long a silence holds the way it is entered: by its last day, unless it ends within one."""
    last = last_allowed_day(instant, zone)
    return f"{last}" if instant == end_of(last, zone) else _say(instant, zone)

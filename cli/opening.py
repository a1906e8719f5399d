"""What a command begins with: the settings, the house, the clock, and who is at the keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actions.house import House
    from config.settings import Settings
    from config.vocabulary import Language


def settings_at(home: Path | None) -> "Settings":
    """Load the settings of a home; Refusal when one of them makes no sense."""
    from config.settings import Settings

    return Settings.load(home)


def language() -> "Language":
    """Return the language of the settings; English, the language of the code, where these make no sense themselves."""
    from config.errors import Refusal
    from config.vocabulary import Language

    try:
        return settings_at(None).language
    except Refusal:
        return Language.EN


@contextmanager
def house_at(home: Path | None) -> Iterator["House"]:
    """Open the house for one command; an empty home is set up. Refusal when it cannot be."""
    from actions.house import open_house

    house = open_house(settings_at(home))
    try:
        yield house
    finally:
        house.engine.dispose()


def instant(at: datetime | None) -> datetime:
    """Return the instant that the command acts at: the one that was given, or now."""
    return at or datetime.now(UTC)


def clock(at: datetime | None) -> Callable[[], datetime]:
    """Return a clock that was set to the instant given and goes on from there."""
    if at is None:
        return lambda: datetime.now(UTC)
    ahead = at - datetime.now(UTC)
    return lambda: datetime.now(UTC) + ahead


def actor(by: str | None) -> str:
    """Return who acts: the one who was named, or the system's user."""
    if by:
        return by
    try:
        return getuser()
    except (OSError, KeyError):
        return "unknown"

"""What a notice tells beside work that is due, as plain values: openings, lost channels, later last days."""

from dataclasses import dataclass
from datetime import date

from config.vocabulary import Language
from notifications.contents.entry import Entry


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A task of a stage's check list; no last day where nobody has been given it."""

    title: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Announcement:
    """A stage that has opened, from its first day to its last.

    `wave` is named where the campaign has several. `guidance` is a tuple of paragraphs. `is_own` says
    that the reader answers for branches in it: the last days are then the earliest of theirs.
    """

    stage: str
    first_day: date
    last_day: date
    wave: str | None = None
    guidance: tuple[str, ...] = ()
    check_points: tuple[str, ...] = ()
    tasks: tuple[CheckItem, ...] = ()
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class LostChannel:
    """A channel that was given up: its service refuses everything, or it was an officer's last and is disabled.

    `is_reached` says whether the officer has another by now.
    """

    officer: str
    service: str
    reason: str
    is_reached: bool = True


@dataclass(frozen=True, slots=True)
class ExtensionTold:
    """A later last day for work of the reader, why, and who granted it; the entries bear the new day."""

    reader: str
    language: Language
    today: date
    campaign: str
    entries: tuple[Entry, ...]
    reason: str
    granted_by: str

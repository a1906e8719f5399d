"""A digest: what one person is told on one day, as plain values."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from config.vocabulary import Language
from notifications.contents.entry import Entry
from notifications.contents.news import Announcement, LostChannel


@dataclass(frozen=True, slots=True)
class Rest:
    """How much open work there is beside what is listed, and how much of that is late."""

    open: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class BranchCount:
    """Work of one branch that the reader watches over; `days_late` is that of the oldest."""

    name: str
    items: int
    late: int
    days_late: int


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Work of the branches of one unit, those with the oldest first."""

    name: str
    branches: tuple[BranchCount, ...]

    @property
    def items(self) -> int:
        """All pieces of work."""
        return sum(branch.items for branch in self.branches)

    @property
    def late(self) -> int:
        """Those whose last allowed day is over."""
        return sum(branch.late for branch in self.branches)

    @property
    def days_late(self) -> int:
        """How late the oldest is."""
        return max(branch.days_late for branch in self.branches)


@dataclass(frozen=True, slots=True)
class Watch:
    """What a guidance group or a coordinator watches over: units with late work, and the rest in their area."""

    units: tuple[UnitCount, ...]
    rest: Rest = Rest()

    @property
    def branches(self) -> int:
        """All branches with work listed."""
        return sum(len(unit.branches) for unit in self.units)

    @property
    def items(self) -> int:
        """All pieces of work."""
        return sum(unit.items for unit in self.units)

    @property
    def late(self) -> int:
        """Those whose last allowed day is over."""
        return sum(unit.late for unit in self.units)


@dataclass(frozen=True)  # without slots: what templates ask again and again is counted once
class CampaignPart:
    """What a digest says of one campaign; `own` with the oldest first."""

    title: str
    own: tuple[Entry, ...] = ()
    own_rest: Rest = Rest()
    group: Watch | None = None
    coordinator: Watch | None = None
    announcements: tuple[Announcement, ...] = ()

    @cached_property
    def late(self) -> int:
        """Own work whose last allowed day is over."""
        return sum(entry.is_late for entry in self.own)

    @cached_property
    def coming(self) -> int:
        """Own work that is coming due."""
        return len(self.own) - self.late

    @property
    def stands_in(self) -> bool:
        """Whether any of it is told in somebody's place; `own_rest` is of the reader's own branches alone."""
        return any(entry.in_place_of for entry in self.own)

    @property
    def watches(self) -> tuple[Watch, ...]:
        """What the reader watches over, in any capacity."""
        return tuple(watch for watch in (self.group, self.coordinator) if watch is not None)


@dataclass(frozen=True)  # as above
class Digest:
    """Everything one notice says; `today` is the day on which it is read. `channels` belong to no campaign.

    `unreached` are the names of officers whom no active channel reaches.
    """

    reader: str
    language: Language
    today: date
    campaigns: tuple[CampaignPart, ...]
    channels: tuple[LostChannel, ...] = ()
    unreached: tuple[str, ...] = ()

    @cached_property
    def late(self) -> int:
        """Own work whose last allowed day is over."""
        return sum(part.late for part in self.campaigns)

    @cached_property
    def coming(self) -> int:
        """Own work that is coming due."""
        return sum(part.coming for part in self.campaigns)

    @cached_property
    def watched(self) -> tuple[Watch, ...]:
        """What the reader watches over, in all campaigns."""
        return tuple(watch for part in self.campaigns for watch in part.watches)

    @property
    def watched_branches(self) -> int:
        """How many branches that makes."""
        return sum(watch.branches for watch in self.watched)

    @property
    def watched_items(self) -> int:
        """How many pieces of work that makes."""
        return sum(watch.items for watch in self.watched)

    @property
    def coordinates(self) -> bool:
        """Whether the reader is told of work as a coordinator, who records it where others cannot."""
        return any(part.coordinator for part in self.campaigns)

    @cached_property
    def opened(self) -> tuple[Announcement, ...]:
        """The stages that have opened, in all campaigns."""
        return tuple(found for part in self.campaigns for found in part.announcements)

    @property
    def has_own(self) -> bool:
        """Whether there is work that the reader answers for."""
        return bool(self.late or self.coming or any(found.is_own for found in self.opened))

"""Compose the digests of notices, many at once: a handful of queries however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from config.definition.schema import Definition
from config.definition.text import Text
from config.vocabulary import Language, Section
from models.campaign import Campaign
from notifications.digest import BranchCount, CampaignPart, Digest, Entry, Rest, UnitCount, Watch
from notifications.lines import (
    OpenWork,
    OwnLine,
    Reader,
    WatchedLine,
    own_lines,
    own_work,
    readers_of,
    watched_lines,
    watched_work,
)
from rules.deadlines import last_allowed_day, local_day

Line = TypeVar("Line", OwnLine, WatchedLine)

Key = tuple[int, int]
"""A notice (or an officer) and a campaign."""


@dataclass(frozen=True, slots=True)
class CampaignWords:
    """What a campaign calls itself and its tasks, and the zone of its days."""

    title: Text
    zone: ZoneInfo
    tasks: Mapping[tuple[str, str], Text]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A campaign or a notice that cannot be put into words, and why, in one line."""

    reason: str


Content = Digest | Unreadable
"""What a notice says, before it is put into words."""


def digests_of(session: Session, notices: Collection[int], now: datetime) -> dict[int, Content]:
    """Compose the digests of notices from their live lines, as they read at `now`.

    One that cannot be composed is unreadable, and takes nothing from the others.
    """
    readers = list(readers_of(session, notices))
    own = _by_notice(own_lines(session, notices))
    watched = _by_notice(watched_lines(session, notices, now))
    campaigns = {campaign for _, campaign in (*own, *watched)}
    composer = _Composer(
        now=now,
        words=_words_of(session, campaigns),
        own=own,
        watched=watched,
        own_work=_by_officer(own_work(session, _officers(readers, own), now)),
        watched_work=_by_officer(watched_work(session, _officers(readers, watched), now)),
    )
    return {reader.notice_id: composer.digest(reader) for reader in readers}


@dataclass(frozen=True, slots=True)
class _Composer:
    """What was read for a batch of notices, put together reader by reader."""

    now: datetime
    words: Mapping[int, CampaignWords | Unreadable]
    own: Mapping[Key, Sequence[OwnLine]]
    watched: Mapping[Key, Sequence[WatchedLine]]
    own_work: Mapping[Key, OpenWork]
    watched_work: Mapping[Key, OpenWork]

    def digest(self, reader: Reader) -> Digest | Unreadable:
        campaigns: dict[int, CampaignWords] = {}
        for campaign, words in self.words.items():
            if (reader.notice_id, campaign) not in self.own and (reader.notice_id, campaign) not in self.watched:
                continue
            if isinstance(words, Unreadable):
                return words
            campaigns[campaign] = words
        zone = next((words.zone for words in campaigns.values()), ZoneInfo("UTC"))
        try:
            parts = tuple(self._part(reader, campaign, words) for campaign, words in campaigns.items())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this notice's trouble alone
            return Unreadable(say_trouble(error))
        return Digest(reader.name, reader.language, local_day(self.now, zone), parts)

    def _part(self, reader: Reader, campaign: int, words: CampaignWords) -> CampaignPart:
        own = self.own.get((reader.notice_id, campaign), ())
        watched = self.watched.get((reader.notice_id, campaign), ())
        return CampaignPart(
            title=words.title.of(reader.language),
            own=tuple(self._entry(line, words, reader.language) for line in own),
            own_rest=self._own_rest((reader.officer_id, campaign), own),
            group=self._watch((reader.officer_id, campaign), watched, Section.GROUP, words.zone),
            coordinator=self._watch((reader.officer_id, campaign), watched, Section.COORDINATOR, words.zone),
        )

    def _entry(self, line: OwnLine, words: CampaignWords, language: Language) -> Entry:
        last_day = last_allowed_day(line.due_at, words.zone)
        title = line.title
        if line.stage is not None and line.task is not None:
            title = words.tasks[line.stage, line.task].of(language)
        return Entry(line.branch, title or "", last_day, self._days_late(line.due_at, words.zone), line.number)

    def _own_rest(self, key: Key, listed: Sequence[OwnLine]) -> Rest:
        work = self.own_work.get(key)
        tasks = [line for line in listed if line.task is not None]
        if work is None:
            return Rest()
        return Rest(work.open - len(tasks), work.late - sum(line.due_at <= self.now for line in tasks))

    def _watch(self, key: Key, lines: Sequence[WatchedLine], section: Section, zone: ZoneInfo) -> Watch | None:
        listed = [line for line in lines if line.section is section]
        if not listed:
            return None
        units: defaultdict[tuple[int, str], list[BranchCount]] = defaultdict(list)
        for line in listed:
            count = BranchCount(line.branch, line.items, line.late, self._days_late(line.oldest, zone))
            units[line.unit_id, line.unit].append(count)
        return Watch(
            units=tuple(UnitCount(name, tuple(branches)) for (_, name), branches in units.items()),
            rest=self._watched_rest(key, listed),
        )

    def _watched_rest(self, key: Key, listed: Sequence[WatchedLine]) -> Rest:
        work = self.watched_work.get(key)
        if work is None:
            return Rest()
        open_tasks = work.open - sum(line.tasks for line in listed)
        late_tasks = work.late - sum(line.late_tasks for line in listed)
        return Rest(max(0, open_tasks), max(0, late_tasks))

    def _days_late(self, due_at: datetime, zone: ZoneInfo) -> int:
        return (local_day(self.now, zone) - last_allowed_day(due_at, zone)).days


def _by_notice(lines: Iterable[Line]) -> dict[Key, list[Line]]:
    found: defaultdict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.notice_id, line.campaign_id].append(line)
    return dict(found)


def _officers(readers: Iterable[Reader], lines: Mapping[Key, object]) -> list[int]:
    """List the readers of the notices that have such lines."""
    notices = {notice for notice, _ in lines}
    return [reader.officer_id for reader in readers if reader.notice_id in notices]


def _by_officer(work: Iterable[OpenWork]) -> dict[Key, OpenWork]:
    return {(found.officer_id, found.campaign_id): found for found in work}


def say_trouble(error: Exception) -> str:
    """Say in one line what kept a notice from being written."""
    first, *_ = str(error).splitlines() or [""]
    return f"cannot be written: {type(error).__name__}: {first}"


def _words_of(session: Session, campaigns: Collection[int]) -> dict[int, CampaignWords | Unreadable]:
    query = (
        select(col(Campaign.id), col(Campaign.definition))
        .where(col(Campaign.id).in_(campaigns))
        .order_by(col(Campaign.id))
    )
    return {campaign: _words_or_why_not(campaign, definition) for campaign, definition in session.execute(query)}


def _words_or_why_not(campaign: int, definition: str) -> CampaignWords | Unreadable:
    try:
        return _read_words(definition)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this campaign's trouble alone
        return Unreadable(f"{say_trouble(error)} (the stored definition of campaign {campaign})")


@lru_cache(maxsize=64)
def _read_words(definition: str) -> CampaignWords:
    """Read the words of a campaign once for each text of its definition: every batch asks for them."""
    campaign = Definition.model_validate_json(definition)
    tasks = {(stage.code, task.code): task.title for stage in campaign.stages for task in stage.tasks}
    return CampaignWords(campaign.title, ZoneInfo(campaign.timezone), tasks)

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


def digests_of(session: Session, notices: Collection[int], now: datetime) -> dict[int, Digest]:
    """Compose the digests of notices from their live lines, as they read at `now`."""
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
    words: Mapping[int, CampaignWords]
    own: Mapping[Key, Sequence[OwnLine]]
    watched: Mapping[Key, Sequence[WatchedLine]]
    own_work: Mapping[Key, OpenWork]
    watched_work: Mapping[Key, OpenWork]

    def digest(self, reader: Reader) -> Digest:
        campaigns = [
            campaign
            for campaign in self.words
            if (reader.notice_id, campaign) in self.own or (reader.notice_id, campaign) in self.watched
        ]
        zone = self.words[campaigns[0]].zone if campaigns else ZoneInfo("UTC")
        return Digest(
            reader=reader.name,
            language=reader.language,
            today=local_day(self.now, zone),
            campaigns=tuple(self._part(reader, campaign) for campaign in campaigns),
        )

    def _part(self, reader: Reader, campaign: int) -> CampaignPart:
        words = self.words[campaign]
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


def _words_of(session: Session, campaigns: Collection[int]) -> dict[int, CampaignWords]:
    query = (
        select(col(Campaign.id), col(Campaign.definition))
        .where(col(Campaign.id).in_(campaigns))
        .order_by(col(Campaign.id))
    )
    return {campaign: _read_words(definition) for campaign, definition in session.execute(query)}


@lru_cache(maxsize=64)
def _read_words(definition: str) -> CampaignWords:
    """Read the words of a campaign once for each text of its definition: every batch asks for them."""
    campaign = Definition.model_validate_json(definition)
    tasks = {(stage.code, task.code): task.title for stage in campaign.stages for task in stage.tasks}
    return CampaignWords(campaign.title, ZoneInfo(campaign.timezone), tasks)

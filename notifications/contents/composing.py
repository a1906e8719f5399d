"""Compose what notices say, many at once: a handful of queries however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from config.vocabulary import Language, NoticeKind, Section
from notifications.contents.campaign_words import CampaignWords, words_of
from notifications.contents.digest import BranchCount, CampaignPart, Digest, Rest, UnitCount, Watch
from notifications.contents.entry import Entry
from notifications.contents.lines import (
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
from notifications.contents.news import Announcement, CheckItem, ExtensionTold, LostChannel
from notifications.contents.news_lines import (
    ChannelLine,
    Grant,
    OpeningLine,
    UnreachedLine,
    channel_lines,
    grants_of,
    opening_lines,
    own_deadlines,
    unreached_lines,
    usual_deadlines,
)
from notifications.contents.unreadable import Unreadable, say_trouble
from rules.deadlines import last_allowed_day, local_day

Line = TypeVar("Line", OwnLine, WatchedLine, OpeningLine, ChannelLine, UnreachedLine)

Key = tuple[int, int]
"""A notice (or an officer) and a campaign."""

Content = Digest | ExtensionTold | Unreadable
"""What a notice says, before it is put into words."""


def digests_of(session: Session, notices: Collection[int], now: datetime) -> dict[int, Content]:
    """Compose what notices say from their live lines, as they read at `now`.

    One that cannot be composed is unreadable, and takes nothing from the others.
    """
    readers = list(readers_of(session, notices))
    own = _by_notice(own_lines(session, notices))
    watched = _by_notice(watched_lines(session, notices, now))
    openings = _by_notice(opening_lines(session, notices))
    channels = _by_notice(channel_lines(session, notices))
    unreached = _by_notice(unreached_lines(session, notices))
    composer = _Composer(
        now=now,
        words=words_of(session, {campaign for _, campaign in (*own, *watched, *openings, *channels, *unreached)}),
        own=own,
        watched=watched,
        own_work=_by_officer(own_work(session, _officers(readers, own), now)),
        watched_work=_by_officer(watched_work(session, _officers(readers, watched), now)),
        openings=openings,
        deadlines=_read_deadlines(session, openings),
        channels=channels,
        unreached=unreached,
        grants=grants_of(session, [reader.notice_id for reader in readers if reader.kind is NoticeKind.EXTENSION]),
    )
    return {reader.notice_id: composer.content(reader) for reader in readers}


@dataclass(frozen=True, slots=True)
class _Deadlines:
    """The deadlines of opened windows by the codes of their tasks: the reader's own, and the usual ones."""

    own: Mapping[Key, Mapping[str, datetime]] = field(default_factory=dict)
    usual: Mapping[tuple[int, str], datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Composer:
    """What was read for a batch of notices, put together reader by reader."""

    now: datetime
    words: Mapping[int, CampaignWords | Unreadable]
    own: Mapping[Key, Sequence[OwnLine]]
    watched: Mapping[Key, Sequence[WatchedLine]]
    own_work: Mapping[Key, OpenWork]
    watched_work: Mapping[Key, OpenWork]
    openings: Mapping[Key, Sequence[OpeningLine]]
    deadlines: _Deadlines
    channels: Mapping[Key, Sequence[ChannelLine]]
    unreached: Mapping[Key, Sequence[UnreachedLine]]
    grants: Mapping[int, Grant]

    def content(self, reader: Reader) -> Content:
        campaigns: dict[int, CampaignWords] = {}
        for campaign, words in self.words.items():
            key = (reader.notice_id, campaign)
            told = (self.own, self.watched, self.openings, self.channels, self.unreached)
            if not any(key in lines for lines in told):
                continue
            if isinstance(words, Unreadable):
                return words
            campaigns[campaign] = words
        zone = next((words.zone for words in campaigns.values()), ZoneInfo("UTC"))
        today = local_day(self.now, zone)
        try:
            if reader.kind is NoticeKind.EXTENSION:
                return self._extension(reader, campaigns, today)
            return self._digest(reader, campaigns, today)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this notice's trouble alone
            return Unreadable(say_trouble(error))

    def _digest(self, reader: Reader, campaigns: Mapping[int, CampaignWords], today: date) -> Digest:
        told = [key for key in campaigns if self._speaks_of(reader.notice_id, key)]
        return Digest(
            reader=reader.name,
            language=reader.language,
            today=today,
            campaigns=tuple(self._part(reader, campaign, campaigns[campaign]) for campaign in told),
            channels=tuple(
                LostChannel(line.officer, line.service, line.reason or "", line.is_reached)
                for campaign in campaigns
                for line in self.channels.get((reader.notice_id, campaign), ())
            ),
            unreached=tuple(
                line.officer for campaign in campaigns for line in self.unreached.get((reader.notice_id, campaign), ())
            ),
        )

    def _speaks_of(self, notice: int, campaign: int) -> bool:
        """Tell whether anything of a campaign is told, beside people and their channels, who belong to none."""
        return any((notice, campaign) in lines for lines in (self.own, self.watched, self.openings))

    def _extension(self, reader: Reader, campaigns: Mapping[int, CampaignWords], today: date) -> ExtensionTold:
        ((campaign, words),) = campaigns.items()
        lines = self.own.get((reader.notice_id, campaign), ())
        grant = self.grants[reader.notice_id]
        return ExtensionTold(
            reader=reader.name,
            language=reader.language,
            today=today,
            campaign=words.title.of(reader.language),
            entries=tuple(_entry(line, words, reader.language, today) for line in lines),
            reason=grant.reason,
            granted_by=grant.granted_by,
        )

    def _part(self, reader: Reader, campaign: int, words: CampaignWords) -> CampaignPart:
        own = self.own.get((reader.notice_id, campaign), ())
        watched = self.watched.get((reader.notice_id, campaign), ())
        openings = self.openings.get((reader.notice_id, campaign), ())
        today = local_day(self.now, words.zone)
        return CampaignPart(
            title=words.title.of(reader.language),
            own=tuple(_entry(line, words, reader.language, today) for line in own),
            own_rest=self._own_rest((reader.officer_id, campaign), own),
            group=self._watch((reader.officer_id, campaign), watched, Section.GROUP, words.zone),
            coordinator=self._watch((reader.officer_id, campaign), watched, Section.COORDINATOR, words.zone),
            announcements=tuple(self._announcement(line, words, reader.language) for line in openings),
        )

    def _own_rest(self, key: Key, listed: Sequence[OwnLine]) -> Rest:
        work = self.own_work.get(key)
        tasks = [line for line in listed if line.task is not None and line.in_place_of is None]
        if work is None:
            return Rest()
        late_tasks = sum(line.due_at <= self.now for line in tasks)
        return _rest(work.open - len(tasks), work.late - late_tasks)

    def _announcement(self, line: OpeningLine, words: CampaignWords, language: Language) -> Announcement:
        stage = words.stages[line.stage]
        own = self.deadlines.own.get((line.notice_id, line.window_id), {})

        def last_day(task: str) -> date | None:
            due_at = own.get(task) or self.deadlines.usual.get((line.window_id, task))
            return due_at and last_allowed_day(due_at, words.zone)

        guidance = stage.guidance.of(language) if stage.guidance else ""
        return Announcement(
            stage=stage.title.of(language),
            first_day=line.first_day,
            last_day=line.last_day,
            wave=words.waves[line.wave].of(language) if words.waves else None,
            guidance=tuple(paragraph for paragraph in guidance.splitlines() if paragraph.strip()),
            check_points=tuple(point.of(language) for point in stage.check_points),
            tasks=tuple(CheckItem(task.title.of(language), last_day(task.code)) for task in stage.tasks),
            is_own=bool(own),
        )

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
        return _rest(open_tasks, late_tasks)

    def _days_late(self, due_at: datetime, zone: ZoneInfo) -> int:
        return (local_day(self.now, zone) - last_allowed_day(due_at, zone)).days


def _entry(line: OwnLine, words: CampaignWords, language: Language, today: date) -> Entry:
    title = line.title
    if line.stage is not None and line.task is not None:
        title = words.tasks[line.stage, line.task].of(language)
    last_day = last_allowed_day(line.due_at, words.zone)
    return Entry(
        branch=line.branch,
        title=title or "",
        last_day=last_day,
        days_late=(today - last_day).days,
        number=line.number,
        in_place_of=line.in_place_of,
    )


def _rest(open_tasks: int, late_tasks: int) -> Rest:
    """Say what is left beside the lines; some of those may have been done since they were read."""
    return Rest(max(0, open_tasks), max(0, late_tasks))


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


def _read_deadlines(session: Session, openings: Mapping[Key, Sequence[OpeningLine]]) -> _Deadlines:
    """Read the last days of what has opened; the usual ones only for readers who have none of their own."""
    if not openings:
        return _Deadlines()
    own: defaultdict[Key, dict[str, datetime]] = defaultdict(dict)
    for found in own_deadlines(session, {notice for notice, _ in openings}):
        own[found.notice_id, found.window_id][found.task] = found.due_at
    told = {(line.notice_id, line.window_id) for lines in openings.values() for line in lines}
    return _Deadlines(own, usual_deadlines(session, {window for _, window in told - own.keys()}))

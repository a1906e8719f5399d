"""Write feeds as iCalendar (RFC 5545, and RFC 7986 for what programs are told about the feed itself).

All entries are whole days, so that no time zone has to be described, and take up no time. The same state gives the
same bytes.
"""

from datetime import timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

from actions.feeds.entries import Deadline, FeedState, WindowDay
from config.translation import translations

REFRESHED_EVERY = timedelta(hours=4)
"""How often programs are asked to look again; most have their own mind about it."""

_PRODUCT = "-//Rollcall//Rollcall//EN"
_ONE_DAY = timedelta(days=1)


def write_feed(feed: FeedState, house: str, pages: str | None) -> bytes:
    """Write a feed; `house` makes its names unlike those of other installations, `pages` is where entries lead."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", feed.title)
    calendar.add("x-wr-calname", feed.title)  # what programs older than RFC 7986 read
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESHED_EVERY // timedelta(hours=1)}H")
    for entry in feed.entries:
        said = _deadline(feed, entry) if isinstance(entry, Deadline) else _window_day(feed, entry)
        calendar.add_component(_event(said, entry, house, pages))
    return bytes(calendar.to_ical())


class _Said(NamedTuple):
    """What an entry says: its lasting name, its words, where it leads, and whether it may still move."""

    name: str
    summary: str
    description: str
    place: str
    may_move: bool = False


def _deadline(feed: FeedState, entry: Deadline) -> _Said:
    said = translations(feed.language).ngettext(
        "{task}: {count} branch to answer", "{task}: {count} branches to answer", entry.open
    )
    return _Said(
        f"{feed.code}.{entry.campaign}.{entry.stage}.{entry.task}.{entry.day:%Y%m%d}",
        said.format(task=entry.title.of(feed.language), count=entry.open),
        "\n".join((entry.campaign_title.of(feed.language), *entry.branches)),
        "/day" if entry.branches else f"/campaigns/{entry.campaign}/overdue",
    )


def _window_day(feed: FeedState, entry: WindowDay) -> _Said:
    say = translations(feed.language).gettext
    summary = say("{stage} opens ({wave})") if entry.opens else say("{stage}: last day ({wave})")
    return _Said(
        f"{entry.campaign}.{entry.stage}.{entry.wave}.{'opens' if entry.opens else 'closes'}",
        summary.format(stage=entry.title.of(feed.language), wave=entry.wave_name.of(feed.language)),
        say("Forecast: follows from a stage that is not over yet.") if entry.is_forecast else feed.title,
        f"/campaigns/{entry.campaign}",
        entry.is_forecast,
    )


def _event(said: _Said, entry: Deadline | WindowDay, house: str, pages: str | None) -> Event:
    """Write an event of one whole day: it ends where the next begins."""
    event = Event()
    event.add("uid", f"{said.name}@{house}.rollcall")
    event.add("dtstamp", entry.revision.at)
    event.add("last-modified", entry.revision.at)
    event.add("sequence", entry.revision.number)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + _ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if said.may_move else "CONFIRMED")
    event.add("summary", said.summary)
    event.add("description", said.description)
    if pages is not None:
        event.add("url", pages + said.place)
    return event

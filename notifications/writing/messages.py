"""Write what a notice says, in the dialect of a service and within its bytes."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from config.vocabulary import Dialect, Language, OnDoubt
from notifications.channels.services import Service
from notifications.contents.composing import Content
from notifications.contents.digest import Digest
from notifications.contents.news import ExtensionTold
from notifications.contents.unreadable import Unreadable, say_trouble
from notifications.writing.dialects.structure import TAIL, Block, BlockKind, Composition, Mark, Run
from notifications.writing.dialects.writing import write
from notifications.writing.rendering import compose, render
from notifications.writing.room import ROOMS, Room
from notifications.writing.words import Words, cut_bytes, cut_characters

PLAIN = Service(OnDoubt.HOLD, Dialect.TEXT, 1_000_000)
"""Plain text of any length."""

SHORTEST = 1_000
"""The fewest bytes within which every dialect but SHORT can say something; HTML takes twice as many."""

LEFT_OUT = {Language.ZH: "……以下从略", Language.EN: "... and more than fits here"}


def render_notice(content: Content, service: Service, link: str | None = None) -> Words | Unreadable:
    """Write what a notice says; what cannot be written is unreadable, and why, in one line."""
    if isinstance(content, Unreadable):
        return content
    try:
        if isinstance(content, ExtensionTold):
            return render_extension(content, service, link)
        return render_digest(content, service, link)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this notice's trouble alone
        return Unreadable(say_trouble(error))


def render_digest(digest: Digest, service: Service = PLAIN, link: str | None = None) -> Words:
    """Write a digest in its reader's language and in the dialect of a service.

    `link` leads to where the reader can answer; without one the text says how else. Of what does not
    fit into the service's bytes, fewer rows are listed and the others counted; as a last resort whole
    lines are left out. Neither a character nor a link is ever split. Raises jinja2's errors.
    """
    return _write("digest.txt.j2", digest.language, {"digest": digest, "today": digest.today}, service, link)


def render_extension(told: ExtensionTold, service: Service = PLAIN, link: str | None = None) -> Words:
    """Write that last days were moved, as `render_digest` writes a digest."""
    return _write("extension.txt.j2", told.language, {"told": told, "today": told.today}, service, link)


def render_trial(reader: str, language: Language, today: date, service: Service) -> Words:
    """Write a test message to a person; everything as for `render_digest`."""
    return _write("trial.txt.j2", language, {"reader": reader, "today": today}, service, None)


def _write(template: str, language: Language, facts: Mapping[str, Any], service: Service, link: str | None) -> Words:
    def composed(room: Room) -> Composition:
        return compose(template, language, {**facts, "room": room, "link": link})

    if service.dialect is Dialect.SHORT:
        return _write_short(composed(ROOMS[-1]).subject, language, service.longest, link)
    return _fit(composed, service, language)


def _write_short(subject: str, language: Language, longest: int, link: str | None) -> Words:
    """Write a subject and a link, the subject cut to what the link leaves; the link falls where it leaves nothing."""

    def said(words: str, link: str | None) -> str:
        return render("short.txt.j2", language, {"subject": words, "link": link and Mark(link)}).strip()

    left = longest - len(said("x", link).encode()) + 1
    if link and left < len("…".encode()):
        return _write_short(subject, language, longest, None)
    return Words(subject, said(cut_bytes(subject, left), link))


def _fit(composed: Callable[[Room], Composition], service: Service, language: Language) -> Words:
    """List as much as fits."""
    for room in ROOMS:
        words = write(composed(room), service.dialect, language)
        if _size(words) <= service.longest:
            return words
    return _leave_out(composed(ROOMS[-1]), service, language)


def _leave_out(composition: Composition, service: Service, language: Language) -> Words:
    """Write the first lines that fit, and below them that there are more, and the tail; without a tail if need be."""
    body = [block for block in composition.blocks if block.kind not in TAIL]
    tail = [block for block in composition.blocks if block.kind in TAIL]
    more = Block(BlockKind.NOTE, (Run(LEFT_OUT[language]),))

    def with_first(count: int, tail: list[Block]) -> Words:
        blocks = (*body[:count], more, *tail)
        return write(Composition(composition.subject, blocks), service.dialect, language)

    for end in (tail, [block for block in tail if block.kind is BlockKind.ANSWER], []):
        too_many = bisect_left(
            range(len(body)), True, key=lambda count: _size(with_first(count, end)) > service.longest
        )
        if too_many:
            return with_first(too_many - 1, end)
    return write(Composition(cut_characters(composition.subject, 40), (more,)), service.dialect, language)


def _size(words: Words) -> int:
    return max(len(words.body.encode()), len((words.html or "").encode()))

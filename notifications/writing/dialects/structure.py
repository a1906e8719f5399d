"""The structure of a message before it is written in a dialect: blocks, and runs of text in them.

Templates mark structure with control characters. No value can bring any: `notifications.writing.cleaning` takes
them out of all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class BlockKind(StrEnum):
    """What a line of a template is; the mark of that name stands at its beginning."""

    HEADING = "heading"
    LABEL = "label"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    SUBITEM = "subitem"
    NOTE = "note"
    SUBNOTE = "subnote"
    ANSWER = "answer"
    FOOT = "foot"


class Tone(StrEnum):
    """How a run of text stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    WARNING = "warning"


TAIL = frozenset({BlockKind.ANSWER, BlockKind.FOOT})
"""What stands below a message, however much of it is left out."""


class Run(NamedTuple):
    """Text of one tone, or the text of a link."""

    text: str
    tone: Tone = Tone.PLAIN
    href: str | None = None


class Block(NamedTuple):
    """A line of a message. Where a template breaks one, so may plain text; elsewhere it is a space."""

    kind: BlockKind
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A message in no dialect yet."""

    subject: str
    blocks: tuple[Block, ...]


class Mark(str):
    """Structure that a template puts in; a value is never one."""

    __slots__ = ()


BLOCK, END, TONE, LINK, TEXT = "\x01", "\x02", "\x03", "\x04", "\x05"
LETTERS = {Tone.STRONG: "s", Tone.WARNING: "w"}
KINDS = {kind.value: kind for kind in BlockKind}
TONES = {letter: tone for tone, letter in LETTERS.items()}
RUN = re.compile(f"{TONE}(?P<tone>.)(?P<said>[^{END}]*){END}|{LINK}(?P<href>[^{TEXT}]*){TEXT}(?P<text>[^{END}]*){END}")


def block_mark(kind: BlockKind) -> Mark:
    """Return what stands at the beginning of a block's line."""
    return Mark(f"{BLOCK}{kind}{END}")


def toned(text: str, tone: Tone) -> Mark:
    """Mark text that stands out."""
    return Mark(f"{TONE}{LETTERS[tone]}{text}{END}")


def linked(text: str, href: str) -> Mark:
    """Mark the text of a link."""
    return Mark(f"{LINK}{href}{TEXT}{text}{END}")


def read_composition(rendered: str) -> Composition:
    """Read what a template rendered: its first line is the subject, then come blocks.

    A line without a mark goes on with the block before it; empty lines say nothing.
    """
    subject, _, body = rendered.partition("\n")
    return Composition(subject.strip(), tuple(_read_blocks(body)))


def _read_blocks(body: str) -> Iterator[Block]:
    for chunk in body.split(BLOCK)[1:]:
        name, _, text = chunk.partition(END)
        yield Block(KINDS[name], tuple(_read_runs(_without_empty_lines(text))))


def _without_empty_lines(text: str) -> str:
    stripped = text.strip(" \n")
    if "\n" not in stripped:
        return stripped
    return "\n".join(line for line in (line.strip(" ") for line in stripped.split("\n")) if line)


def _read_runs(text: str) -> Iterator[Run]:
    if END not in text:  # mostly: nothing stands out in it, and it leads nowhere
        if text:
            yield Run(text)
        return
    at = 0
    for found in RUN.finditer(text):
        if found.start() > at:
            yield Run(text[at : found.start()])
        if found["href"] is not None:
            yield Run(found["text"], href=found["href"])
        else:
            yield Run(found["said"], TONES[found["tone"]])
        at = found.end()
    if at < len(text):
        yield Run(text[at:])

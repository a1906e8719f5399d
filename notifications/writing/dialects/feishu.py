"""The Markdown of cards in Feishu and Lark.

What would be markup is written as a character reference, which the cards' own documentation asks for
("特殊字符转义" of the component "富文本（Markdown）", open.feishu.cn). The header of a card is plain text
and shows the subject.
"""

import re

from notifications.writing.dialects.lines import LineDialect
from notifications.writing.dialects.structure import TAIL, BlockKind, Tone

MARKUP = re.compile(r"[&<>*_~`\[\]()#!\\$|]|:(?=\w)")
FIRST = re.compile(r"(\d*)([-+=.)])(?=[\s=-]|$)")
BOLD = ("**", "**")


def escape_references(text: str) -> str:
    """Write every character that could be markup, and the colon of `:NAME:`, as a character reference."""
    return MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)


def escape_first(line: str) -> str:
    """Keep a line from beginning a list or a rule."""
    found = FIRST.match(line)
    return f"{found[1]}&#{ord(found[2])};{line[found.end() :]}" if found else line


def _link(text: str, href: str) -> str:
    return f"[{text}]({href})"


FEISHU = LineDialect(
    blocks={
        BlockKind.HEADING: BOLD,
        BlockKind.ITEM: ("• ", ""),
        BlockKind.SUBITEM: ("　◦ ", ""),
        BlockKind.SUBNOTE: ("　", ""),
        BlockKind.FOOT: ("<font color='grey'>", "</font>"),
    },
    link=_link,
    escape=escape_references,
    begin=escape_first,
    tones={Tone.STRONG: BOLD, Tone.WARNING: ("<font color='red'>", "</font>")},
    tight=frozenset({BlockKind.ITEM, BlockKind.SUBITEM, BlockKind.NOTE, BlockKind.SUBNOTE}) | TAIL,
)

"""The Markdown of WeCom and DingTalk: a small part of it, and no way to escape anything.

Neither provider documents an escape: a backslash is shown or not, as the client pleases, and `<@user>` in
WeCom's Markdown mentions somebody whatever stands before it. So every character that either of them
gives a meaning to is written in its full-width form, which reads the same and means nothing. What they
know is said in "Markdown消息" of developer.work.weixin.qq.com (headings, bold, links, quotes, inline code,
three font colours) and in "自定义机器人" of open.dingtalk.com (headings, quotes, bold, italics, links,
images, lists).

Both show the subject in no place of its own, so the body begins with it.
"""

import re

from notifications.writing.dialects.lines import LineDialect
from notifications.writing.dialects.structure import TAIL, BlockKind, Tone

FULL_WIDTH = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "\\`*_[]<>#|~&!$"})
FIRST = re.compile(r"(?:[-+=]|\d+[.)])(?=[\s=-]|$)")
LISTED = frozenset({BlockKind.ITEM, BlockKind.SUBITEM, BlockKind.NOTE, BlockKind.SUBNOTE})
BOLD = ("**", "**")


def escape_marks(text: str) -> str:
    """Write every character that could be markup in its full-width form."""
    return text.translate(FULL_WIDTH)


def escape_first(line: str) -> str:
    """Keep a line from beginning a list or underlining a heading."""
    found = FIRST.match(line)
    if found is None:
        return line
    return f"{found[0][:-1]}{chr(ord(found[0][-1]) + 0xFEE0)}{line[found.end() :]}"


def _link(text: str, href: str) -> str:
    return f"[{text}]({href})"


WECOM = LineDialect(
    blocks={
        BlockKind.HEADING: ("### ", ""),
        BlockKind.LABEL: BOLD,
        BlockKind.ITEM: ("· ", ""),
        BlockKind.SUBITEM: ("> ", ""),
        BlockKind.SUBNOTE: ("> ", ""),
        BlockKind.FOOT: ('<font color="comment">', "</font>"),
    },
    link=_link,
    escape=escape_marks,
    begin=escape_first,
    tones={Tone.STRONG: BOLD, Tone.WARNING: ('<font color="warning">', "</font>")},
    tight=LISTED | TAIL,
    subject=("## ", ""),
)

DINGTALK = LineDialect(
    blocks={
        BlockKind.HEADING: ("### ", ""),
        BlockKind.LABEL: BOLD,
        BlockKind.ITEM: ("- ", ""),
        BlockKind.SUBITEM: ("  - ", ""),
        BlockKind.NOTE: ("- ", ""),
        BlockKind.SUBNOTE: ("  - ", ""),
        BlockKind.FOOT: ("> ", ""),
    },
    link=_link,
    escape=escape_marks,
    begin=escape_first,
    tones={Tone.STRONG: BOLD, Tone.WARNING: BOLD},
    tight=LISTED,
    lists_apart=True,
    subject=("## ", ""),
)

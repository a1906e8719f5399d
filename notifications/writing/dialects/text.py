"""Plain text, for services that take no markup: nothing to escape, and two habits of bullets and headings."""

from collections.abc import Mapping

from config.vocabulary import Language
from notifications.writing.dialects.lines import LineDialect
from notifications.writing.dialects.structure import TAIL, BlockKind

TIGHT = frozenset({BlockKind.ITEM, BlockKind.SUBITEM, BlockKind.NOTE, BlockKind.SUBNOTE}) | TAIL
RULE = "----\n"


def _chinese_link(text: str, href: str) -> str:
    return f"{text}：{href}"


def _english_link(text: str, href: str) -> str:
    return f"{text}: {href}"


TEXT: Mapping[Language, LineDialect] = {
    Language.ZH: LineDialect(
        blocks={
            BlockKind.HEADING: ("【", "】"),
            BlockKind.ITEM: ("· ", ""),
            BlockKind.SUBITEM: ("  - ", ""),
            BlockKind.SUBNOTE: ("  ", ""),
        },
        link=_chinese_link,
        tight=TIGHT,
        rule=RULE,
        keeps_breaks=True,
    ),
    Language.EN: LineDialect(
        blocks={
            BlockKind.HEADING: ("== ", " =="),
            BlockKind.ITEM: ("* ", ""),
            BlockKind.SUBITEM: ("  - ", ""),
            BlockKind.SUBNOTE: ("  ", ""),
        },
        link=_english_link,
        tight=TIGHT,
        rule=RULE,
        keeps_breaks=True,
    ),
}

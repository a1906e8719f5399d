"""HTML for mail: styled inline, nothing fetched from anywhere, and readable on dark ground.

No background is set, muted text is transparent rather than grey, and the one colour has enough contrast
to white and to near-black, so that a program that inverts colours and one that does not both show it.
"""

from collections.abc import Iterator, Sequence
from html import escape

from config.vocabulary import Language
from notifications.writing.dialects.structure import TAIL, Block, BlockKind, Composition, Run, Tone

DEPTHS = {BlockKind.ITEM: 1, BlockKind.SUBITEM: 2, BlockKind.SUBNOTE: 2}
"""How deep in lists a block stands."""

LIST = '<ul style="margin:0;padding-left:1.4em">'
PARAGRAPH = ('<p style="margin:.8em 0">', "</p>")
FRAMES = {
    BlockKind.HEADING: ('<h2 style="font-size:1.15em;margin:1.4em 0 .4em">', "</h2>"),
    BlockKind.LABEL: ('<h3 style="font-size:1em;margin:1em 0 .3em">', "</h3>"),
    BlockKind.NOTE: ('<p style="margin:.3em 0;opacity:.75">', "</p>"),
    BlockKind.SUBNOTE: ('<span style="opacity:.75">', "</span>"),
    BlockKind.FOOT: ('<p style="margin:.4em 0;font-size:.85em;opacity:.75">', "</p>"),
    BlockKind.ITEM: ("", ""),
    BlockKind.SUBITEM: ("", ""),
}
TONES = {
    Tone.PLAIN: ("", ""),
    Tone.STRONG: ("<strong>", "</strong>"),
    Tone.WARNING: ('<strong style="color:#d32f2f">', "</strong>"),
}
RULE = '<hr style="border:0;border-top:1px solid;opacity:.25;margin:1.4em 0 1em">'
LANGUAGES = {Language.ZH: "zh-CN", Language.EN: "en"}
HEAD = (
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    "<title>{title}</title></head>\n"
    '<body style="margin:1em auto;max-width:42em;padding:0 1em;font:15px/1.55 sans-serif">\n'
)
END = "</body></html>\n"


def write_html(composition: Composition, language: Language) -> str:
    """Write a whole page."""
    head = HEAD.format(language=LANGUAGES[language], title=escape(composition.subject))
    return f"{head}{''.join(_blocks(composition.blocks))}{END}"


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    depth, is_tail = 0, False
    for block in blocks:
        wanted = DEPTHS.get(block.kind, 0)
        yield _move(depth, wanted)
        depth = wanted
        if block.kind in TAIL and not is_tail:
            yield RULE + "\n"
        is_tail = block.kind in TAIL
        opens, closes = FRAMES.get(block.kind, PARAGRAPH)
        yield f"{opens}{''.join(map(_run, block.runs))}{closes}" + ("" if wanted else "\n")
    yield _move(depth, 0)


def _move(depth: int, wanted: int) -> str:
    """Close and open lists, so that an item of the wanted depth (0: none) can follow one that is still open."""
    if wanted > depth:
        return f"{LIST}<li>" * (wanted - depth)
    closed = "</li></ul>\n" * (depth - wanted)
    return f"{closed}</li>\n<li>" if wanted else closed


def _run(run: Run) -> str:
    text = escape(run.text.replace("\n", " "))
    if run.href is not None:
        return f'<a href="{escape(run.href)}">{text}</a>'
    opens, closes = TONES[run.tone]
    return f"{opens}{text}{closes}"

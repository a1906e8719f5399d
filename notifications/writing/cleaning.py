"""What is done to every value before it stands in a message, whatever the dialect."""

import re

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control characters, marks and overrides of direction, what takes no room, and halves of characters."""

SCHEME = re.compile(r"(?<=\w):(?=[\\/]{2})")
DOT = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_])")
NUMBERED = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)")
MENTION = re.compile(r"<(?=/?at\b|[@!#])", re.IGNORECASE)
CALM = re.compile(r"[^@.:<]*")
WIDE_DOT, WIDE_COLON, WIDE_AT, WIDE_LESS = "．", "：", "＠", "＜"


def one_line(value: str) -> str:
    """Put a value on one line, without anything that cannot be seen: it can begin no line of its own."""
    return " ".join(INVISIBLE.sub("", value).split())


def inert(value: str) -> str:
    """Put a value on one line, and let no service make a mention or a link of it.

    Chats and mail programs turn `@all`, `<!channel>`, a domain or an address into something to press,
    marked up or not, and none documents a way to forbid it. So the characters they go by are replaced by
    their full-width forms, which read the same: `@`, the `<` of a mention, the dot before a letter, the
    colon of `http://`, the dots of a numeric address. A zero-width character between them would not do:
    names are compared without it (UTS 46). Done twice, it changes nothing more.
    """
    text = one_line(value)
    if CALM.fullmatch(text):
        return text
    text = SCHEME.sub(WIDE_COLON, MENTION.sub(WIDE_LESS, text).replace("@", WIDE_AT))
    return DOT.sub(WIDE_DOT, NUMBERED.sub(lambda found: found[0].replace(".", WIDE_DOT), text))

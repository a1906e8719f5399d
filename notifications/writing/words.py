"""What a message says, ready for its service."""

from dataclasses import dataclass

LONGEST_SUBJECT = 200
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Words:
    """A message's subject and text in the dialect of its service; `html` beside the text where that is mail."""

    subject: str
    body: str
    html: str | None = None


def cut_characters(text: str, most: int) -> str:
    """Cut a text to so many characters, an ellipsis at its end where there were more."""
    return text if len(text) <= most else text[: most - 1] + ELLIPSIS


def cut_bytes(text: str, most: int) -> str:
    """Cut a text to so many bytes of UTF-8, an ellipsis at its end where there were more; never inside a character."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text
    left = most - len(ELLIPSIS.encode())
    return encoded[:left].decode(errors="ignore") + ELLIPSIS if left >= 0 else ""

"""Sentences that remember what stands in their places, so that they can be said in another language too."""

from collections.abc import Iterable
from typing import Self

_LONGEST_LINE = 300


class Said(str):
    """A sentence with its values put in: text like any other, that still knows both.

    `sentence` is a format string for `values`, and the key of its translation; without values it is the text as it
    stands. A value may be said itself, and is then translated too.
    """

    __slots__ = ("sentence", "values")

    sentence: str
    values: dict[str, object]

    def __new__(cls, sentence: str, /, **values: object) -> Self:
        """Take the words and what stands in their places."""
        return cls._made(sentence.format(**values) if values else sentence, sentence, values)

    def in_one_line(self) -> Self:
        """Return it in one line of at most 300 characters, however much of a file its values quote."""
        return self._made(one_line(self), self.sentence, self.values)

    @classmethod
    def _made(cls, text: str, sentence: str, values: dict[str, object]) -> Self:
        made = super().__new__(cls, text)
        made.sentence, made.values = sentence, values
        return made


def joined(between: str, parts: Iterable[object]) -> Said:
    """Put sentences or words side by side; each is translated for itself."""
    places = {f"part{number}": part for number, part in enumerate(parts)}
    return Said(between.join(f"{{{place}}}" for place in places), **places)


def one_line(text: str) -> str:
    """Put text into one line, cut after 300 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"

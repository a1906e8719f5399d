"""What is said when something cannot be carried out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from config.said import Said


class Refusal(Exception):
    """Something that cannot be carried out, in one clear line: what, where and what to do about it.

    `message` is a format string for `values`, so that it can be translated before they are put in; without
    values it is the text as it stands. `hint` is what helps in a terminal, such as a command: pages leave it out.
    """

    def __init__(self, message: str, *, hint: str = "", **values: object) -> None:
        """Take the words, what stands in their places, and the hint, in which the same may stand."""
        self.message, self.values, self.hint = message, values, hint
        whole = f"{message}; {hint}" if hint else message
        super().__init__(whole.format(**values) if values else whole)

    @property
    def said(self) -> Said:
        """Its sentence without the hint, to stand in another or in a fault."""
        return Said(self.message, **self.values)


class WrongValue(ValueError):
    """A value in a file that cannot be taken; whoever reads the file says where it stands."""

    def __init__(self, sentence: str, /, **values: object) -> None:
        """Take the words and what stands in their places, as Said does."""
        self.said = Said(sentence, **values)
        super().__init__(self.said)


class Unknown(Refusal):
    """What was named is not there, or not for the eyes of whoever asks: the two are told alike."""


class Forbidden(Refusal):
    """Whoever asks may see it, and may not do that with it."""


class Stale(Refusal):
    """Somebody else changed it meanwhile; nothing was overwritten."""


class Lapsed(Refusal):
    """A link that was good once and leads nowhere any more; the next message brings another."""


class TooOften(Refusal):
    """It was asked too often, and may be asked again after `wait`."""

    def __init__(self, message: str, *, wait: timedelta, **values: object) -> None:
        self.wait = wait
        super().__init__(message, hint="", **values)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a file that people write.

    `line` counts from 1 and is None when the file as a whole is meant; `key` is the place in the file's
    own terms, such as `stages[1].gate.done`, and empty when there is none.
    """

    file: str
    line: int | None
    key: str
    message: Said

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.message) if part)


class FaultyFile(Refusal):
    """A file with faults, all of them together: one line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class CampaignFileError(FaultyFile):
    """A campaign file that no campaign can be run by."""


class CalendarFileError(FaultyFile):
    """A file of an operator's own days that no calendar can be made with."""

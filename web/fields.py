"""Gather what is wrong with the fields of a form: every fault is told, each beside its field."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Concatenate, ParamSpec, TypeVar

from config.errors import Refusal
from web.forms import SentForm
from web.inputs import FieldFault, day, day_or_none, number_or_none, words, words_or_none

Read = TypeVar("Read")
Limits = ParamSpec("Limits")


class Fields:
    """The fields of one form, read as `web.inputs` does; `faults` says what is wrong with them, by their names."""

    def __init__(self, sent: SentForm) -> None:
        """Take the form; nothing is read yet."""
        self._sent = sent
        self.faults: dict[str, Refusal] = {}

    def named(self, beginning: str) -> list[str]:
        """Return the names of the fields that begin so."""
        return [name for name in self._sent.fields if name.startswith(beginning)]

    def words(self, name: str, longest: int, *, needed: bool = False) -> str | None:
        """Read a text; None where there is none or it cannot be taken."""
        return self._read(words if needed else words_or_none, name, longest)

    def number(self, name: str) -> Decimal | None:
        """Read a number; None where there is none or it cannot be taken."""
        return self._read(number_or_none, name)

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """Read a day such as 2009-12-18; None where there is none or it cannot be taken."""
        return self._read(day if needed else day_or_none, name)

    def _read(
        self,
        read: Callable[Concatenate[str, str, Limits], Read],
        name: str,
        *args: Limits.args,
        **kwargs: Limits.kwargs,
    ) -> Read | None:
        try:
            return read(name, self._sent.text(name), *args, **kwargs)
        except FieldFault as fault:
            self.faults[name] = fault
            return None

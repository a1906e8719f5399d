"""Read what people type into the fields of a form: every fault is told, each beside its field."""

import re
from datetime import date
from decimal import Decimal

from config.errors import Refusal
from rules.words import read_day, read_words
from web.forms import SentForm

_NUMBER = re.compile(r"[+-]?[0-9]{1,24}(\.[0-9]{1,12})?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋，", "0123456789.-+,")
_SHOWN = 40


class Fields:
    """The fields of one form; `faults` says what is wrong with them, by their names."""

    def __init__(self, sent: SentForm) -> None:
        """Take the form; nothing is read yet."""
        self._sent = sent
        self.faults: dict[str, Refusal] = {}

    def named(self, beginning: str) -> list[str]:
        """Return the names of the fields that begin so."""
        return [name for name in self._sent.fields if name.startswith(beginning)]

    def words(self, name: str, longest: int, *, needed: bool = False) -> str | None:
        """Read a text; None where there is none or it cannot be taken."""
        text = self._sent.text(name)
        if not needed and not text.strip():
            return None
        try:
            return read_words(text.replace("\r\n", "\n"), longest)
        except Refusal as fault:
            self.faults[name] = fault
            return None

    def number(self, name: str) -> Decimal | None:
        """Read a number, with full-width digits or commas between thousands too."""
        text = self._sent.text(name).strip()
        if not text:
            return None
        plain = text.translate(_FULL_WIDTH).replace(",", "").replace(" ", "")
        if not _NUMBER.fullmatch(plain):
            self.faults[name] = Refusal("{text} is not a number; write digits", text=text[:_SHOWN])
            return None
        return Decimal(plain)

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """Read a day such as 2009-12-18; None where there is none or it cannot be taken."""
        text = self._sent.text(name).strip()
        if not needed and not text:
            return None
        try:
            return read_day(text)
        except Refusal as fault:
            self.faults[name] = fault
            return None

"""Gather what is wrong with the fields of a form: every fault is told, each beside its field."""

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import TypeVar

from config.errors import Refusal, Stale
from config.ledgers.writing import WrongEntry
from config.vocabulary import Language
from rules.words import read_day
from web.forms import SentForm
from web.inputs import Word, not_in_list, read_number, read_text, read_word
from web.typed import Typed, with_faults

Read = TypeVar("Read")


class Fields:
    """The fields of one form, read one by one; `faults` says what is wrong, by field, or by none for the whole.

    What is blank is None, and so is what cannot be taken.
    """

    def __init__(self, sent: SentForm) -> None:
        """Take the form; nothing is read yet."""
        self._sent = sent
        self.faults: dict[str, Refusal] = {}

    def named(self, beginning: str) -> list[str]:
        """Return the names of the fields that begin so."""
        return [name for name in self._sent.fields if name.startswith(beginning)]

    def read(self, name: str, read: Callable[[str], Read], *, needed: bool = False) -> Read | None:
        """Read a field by a function that raises Refusal for what it cannot take."""
        text = self._sent.text(name)
        if text.strip() or needed:
            with self.beside(name):
                return read(text)
        return None

    def words(self, name: str, longest: int, *, needed: bool = False) -> str | None:
        """Read a text."""
        return self.read(name, lambda text: read_text(text, longest), needed=needed)

    def number(self, name: str) -> Decimal | None:
        """Read a number."""
        return self.read(name, read_number)

    def day(self, name: str, *, needed: bool = False) -> date | None:
        """Read a day such as 2009-12-18."""
        return self.read(name, read_day, needed=needed)

    def word(self, name: str, vocabulary: type[Word], *, needed: bool = False) -> Word | None:
        """Read a choice from a vocabulary."""
        return self.read(name, lambda text: read_word(text, vocabulary), needed=needed)

    def one_of(self, name: str, choices: Collection[str]) -> str | None:
        """Read a choice from a list that may be left open."""
        chosen = self._sent.text(name)
        if chosen and chosen not in choices:
            self.faults[name] = not_in_list()
            return None
        return chosen or None

    def is_ticked(self, name: str) -> bool:
        """Tell whether a box was ticked: a browser sends nothing of one that was not."""
        return bool(self._sent.text(name))

    def beside(self, name: str = "", only: type[Refusal] = Refusal) -> "Beside":
        """Say beside a field, or at the head of the form, why what follows was refused; its first fault stands.

        An entry of a ledger says for itself which of its columns are wrong.
        """
        return Beside(self, name, only)

    def take(self, name: str, refusal: Refusal) -> None:
        """Take what is wrong with a field, or with the columns of an entry; a stale form says so at its head."""
        if isinstance(refusal, WrongEntry):
            self.faults |= {
                column: Refusal(fault.sentence, hint="", **fault.values) for column, fault in refusal.faults.items()
            }
        else:
            self.faults.setdefault("" if isinstance(refusal, Stale) else name, refusal)

    def back(self, form: str, language: Language) -> Typed:
        """Give the form back as it was typed, with what is wrong in the reader's language."""
        return with_faults(form, self._sent.fields, self.faults, language)


class Beside:
    """What is done with a form: a refusal of it goes to the faults, and the page goes on."""

    def __init__(self, fields: Fields, name: str, only: type[Refusal]) -> None:
        self._fields, self._name, self._only = fields, name, only

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Take a refusal, and nothing else."""
        if not isinstance(error, self._only):
            return False
        self._fields.take(self._name, error)
        return True

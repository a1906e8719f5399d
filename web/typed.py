"""What was typed into a form, when it comes back with what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.errors import Refusal
from config.vocabulary import Language
from web.translation import say_refusal


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they were typed, and what is wrong by field; `form` names the form of the page."""

    form: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    def of(self, form: str, name: str) -> str:
        """Return what was typed into a field of a form."""
        return self.fields.get(name, "") if form == self.form else ""

    def fault(self, form: str, name: str) -> str:
        """Return what is wrong with a field of a form."""
        return self.wrong.get(name, "") if form == self.form else ""


NOTHING = Typed()
"""A form that nobody has filled in yet."""


def with_faults(form: str, fields: Mapping[str, str], faults: Mapping[str, Refusal], language: Language) -> Typed:
    """Give a form back with what is wrong, in the reader's language."""
    return Typed(form, fields, {name: say_refusal(fault, language) for name, fault in faults.items()})

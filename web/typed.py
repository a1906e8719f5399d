"""What was typed into a form, when it comes back with what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from config.errors import Refusal
from config.vocabulary import Language
from web.context import Here
from web.reasons import say_reason
from web.refusals import status_of


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they were typed, and what is wrong by field, or by none for the whole.

    `form` names the form of the page; `status` is what the page is answered with.
    """

    form: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    status: HTTPStatus = HTTPStatus.OK

    def of(self, form: str, name: str, otherwise: str = "") -> str:
        """Return what was typed into a field of a form, or what stands in one that nobody has filled in."""
        return self.fields.get(name, "") if form == self.form else otherwise

    def fault(self, form: str, name: str = "") -> str:
        """Return what is wrong with a field of a form, or with the form."""
        return self.wrong.get(name, "") if form == self.form else ""

    def is_first(self, form: str, name: str) -> bool:
        """Tell whether a field is the first that is wrong: the one to begin at."""
        return form == self.form and name == next(filter(None, self.wrong), None)

    def is_wrong(self, form: str) -> bool:
        """Tell whether a form was refused."""
        return form == self.form and bool(self.wrong)


NOTHING = Typed()
"""A form that nobody has filled in yet."""


def with_faults(form: str, fields: Mapping[str, str], faults: Mapping[str, Refusal], language: Language) -> Typed:
    """Give a form back with what is wrong, in the reader's language."""
    wrong = {name: say_reason(fault, language) for name, fault in faults.items()}
    return Typed(form, fields, wrong, _status_of(faults))


def refused(here: Here, refusal: Refusal, form: str = "") -> Typed:
    """Say at the head of a form why it was not carried out, where nothing was typed into it."""
    return with_faults(form, {}, {"": refusal}, here.language)


def _status_of(faults: Mapping[str, Refusal]) -> HTTPStatus:
    if "" in faults:
        return status_of(faults[""])
    return HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK

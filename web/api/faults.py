"""Say what is wrong with a value of a request, in the caller's language."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from actions.assignments.figures import WrongFigures
from config.errors import Refusal
from config.ledgers.writing import WrongEntry
from config.translation import say_sentence, translations
from config.vocabulary import Language
from web.api.shapes.error import FaultShape
from web.navigation import say

_WORDS: Mapping[str, str] = {
    "bool_parsing": say("must be true or false"),
    "date_from_datetime_parsing": say("must be a day such as 2009-12-18"),
    "date_parsing": say("must be a day such as 2009-12-18"),
    "date_type": say("must be a day such as 2009-12-18"),
    "datetime_from_date_parsing": say("must be an instant with a zone, such as 2009-12-18T18:00:00+08:00"),
    "datetime_parsing": say("must be an instant with a zone, such as 2009-12-18T18:00:00+08:00"),
    "datetime_type": say("must be an instant with a zone, such as 2009-12-18T18:00:00+08:00"),
    "decimal_max_digits": say("has too many digits"),
    "decimal_max_places": say("has too many decimals"),
    "decimal_parsing": say("must be a number"),
    "decimal_type": say("must be a number"),
    "dict_type": say("must be an object of names with values"),
    "enum": say("must be one of: {expected}"),
    "extra_forbidden": say("is not known here"),
    "finite_number": say("must be a number"),
    "greater_than_equal": say("must be at least {ge}"),
    "int_from_float": say("must be a whole number"),
    "int_parsing": say("must be a whole number"),
    "int_parsing_size": say("must be a whole number"),
    "int_type": say("must be a whole number"),
    "json_invalid": say("is not JSON"),
    "less_than_equal": say("must be at most {le}"),
    "missing": say("is missing"),
    "model_attributes_type": say("must be an object of names with values"),
    "model_type": say("must be an object of names with values"),
    "string_pattern_mismatch": say("has a character in it that is not taken here"),
    "string_too_long": say("must be at most {max_length} characters long"),
    "string_too_short": say("must not be empty"),
    "string_type": say("must be text"),
    "string_unicode": say("has a character in it that is not taken here"),
    "timezone_aware": say("must be an instant with a zone, such as 2009-12-18T18:00:00+08:00"),
    "too_long": say("has too many entries; {max_length} at most"),
    "years": say("must be between the years {first} and {last}"),
}


def say_fault(error: Mapping[str, Any], language: Language) -> FaultShape:
    """Say one of the errors that Pydantic found: where (`body.figures.members`), and what is wrong there."""
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == "enum":
        context = {"expected": str(context["expected"]).replace("'", "").replace(" or ", ", ")}
    words = _WORDS.get(error["type"])
    message = translations(language).gettext(words).format(**context) if words else str(error["msg"])
    return FaultShape(place=".".join(map(str, error["loc"])), message=message)


class _Within(WrongFigures):
    """Figures that cannot be taken, and stand elsewhere in the body than usual."""

    def __init__(self, wrong: WrongFigures, place: str) -> None:
        self.place = place
        super().__init__(wrong.message, wrong.faults, hint=wrong.hint, **wrong.values)


@contextmanager
def figures_within(place: str) -> Iterator[None]:
    """Tell of figures that cannot be taken that they stand in this part of the body."""
    try:
        yield
    except WrongFigures as wrong:
        raise _Within(wrong, place) from None


def faults_of(refusal: Refusal, language: Language) -> tuple[FaultShape, ...] | None:
    """Say at each value what is wrong with it, where the refusal knows; None where it does not."""
    match refusal:
        case WrongFigures():
            place = refusal.place if isinstance(refusal, _Within) else "body.figures"
            found = {code: fault.said for code, fault in refusal.faults.items()}
        case WrongEntry():
            place, found = "body.entry", dict(refusal.faults)
        case _:
            return None
    return tuple(
        FaultShape(place=f"{place}.{code}" if code else place, message=say_sentence(said, language))
        for code, said in found.items()
    )

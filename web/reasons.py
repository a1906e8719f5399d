"""Say on a page why something was not carried out, as the rest of the page says things."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from string import Formatter

from config.definition.text import Titled
from config.errors import FaultyFile, Refusal
from config.said import Said
from config.translation import say_refusal, say_sentence, say_word
from config.vocabulary import Language
from web.customs import say_day, say_number

_FOUND_BY = {"number", "line"}
"""The places in sentences for what something is found by: notice 1204 stays as it is searched for."""


def say_reason(refusal: Refusal, language: Language) -> str:
    """Say why something was not carried out, with days, numbers and titles as the reader's language has them.

    In terminals and answers to programs days and codes stay as they are typed: people copy them into the next
    command, and programs read them.
    """
    if isinstance(refusal, FaultyFile):
        return say_refusal(refusal, language)  # its faults are about days as they stand in the file
    return say_sentence(by_customs(refusal.said, language), language)


def say_on_page(word: StrEnum | Said, language: Language) -> str:
    """Say a word of the vocabulary, or a sentence with its days and numbers by the customs of a language."""
    return say_word(by_customs(word, language) if isinstance(word, Said) else word, language)


def by_customs(said: Said, language: Language) -> Said:
    """Write the days and numbers in a sentence, and in those within it, by the customs of a language."""
    written = {place for _, place, form, _ in Formatter().parse(said.sentence) if form}
    values = {
        name: value if name in written or name in _FOUND_BY else _by_customs(value, language)
        for name, value in said.values.items()
    }
    return Said(said.sentence, **values)


def _by_customs(value: object, language: Language) -> object:
    match value:
        case Said():
            return by_customs(value, language)
        case date() if not isinstance(value, datetime):
            return say_day(value, language)
        case Titled():
            return value.title.of(language)
        case bool():
            return value
        case int() | Decimal():
            return say_number(value, language)
        case _:
            return value

"""Say things in the reader's language: catalogues of gettext, with English as the language of the keys."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.definition.text import Text
from config.errors import Fault, FaultyFile, Refusal
from config.said import Said
from config.spoken import spell_out
from config.vocabulary import Language

LOCALES = Path(__file__).parent / "locales"

BABEL: Mapping[Language, str] = {Language.ZH: "zh_Hans_CN", Language.EN: "en"}
"""The locale by whose customs dates and numbers are written."""


@cache
def translations(language: Language) -> NullTranslations:
    """Return the catalogue of a language; English is what the keys say."""
    if language is Language.EN:
        return NullTranslations()
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=BABEL[language])
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def say_refusal(refusal: Refusal, language: Language) -> str:
    """Say why something was not carried out, without its hint for the terminal; of a faulty file each fault a line."""
    if isinstance(refusal, FaultyFile):
        return "\n".join(say_fault_in_place(fault, language) for fault in refusal.faults)
    return say_sentence(refusal.said, language)


def say_in_full(refusal: Refusal, language: Language) -> str:
    """Say the same in a terminal, with its hint."""
    said = say_refusal(refusal, language)
    if not refusal.hint:
        return said
    hint = say_sentence(Said(refusal.hint, **refusal.values), language)
    return say_sentence(Said("{said}; {hint}", said=said, hint=hint), language)


def say_fault(fault: Fault, language: Language) -> Said:
    """Say what is wrong in a file, in one line, without the place."""
    return say_sentence(fault.message, language).in_one_line()


def say_fault_in_place(fault: Fault, language: Language) -> str:
    """Say the same with the place before it."""
    return str(replace(fault, message=say_fault(fault, language)))


def say_sentence(said: Said, language: Language) -> Said:
    """Say a sentence in a language, translated before what stands in its places is put in.

    Words of the vocabulary, sentences and texts in it are said in the language too; names, codes and numbers stay as
    they are.
    """
    values = {name: _in_words(value, language) for name, value in said.values.items()}
    return Said(translations(language).gettext(said.sentence), **values)


def say_word(word: StrEnum | Said, language: Language) -> str:
    """Say a word of the vocabulary, or a sentence that remembers its values, as pages do."""
    return say_sentence(word, language) if isinstance(word, Said) else spell_out(word, language)


def _in_words(value: object, language: Language) -> object:
    if isinstance(value, Text):
        return value.of(language)
    return say_word(value, language) if isinstance(value, StrEnum | Said) else value

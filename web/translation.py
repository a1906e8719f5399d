"""Say things in the reader's language: catalogues of gettext, with English as the language of the keys."""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.errors import Refusal
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


def say(words: str) -> str:
    """Mark words to be translated where they are shown."""
    return words


def say_refusal(refusal: Refusal, language: Language) -> str:
    """Say why something was not carried out; what stands in the places of the sentence stays as it is."""
    message = translations(language).gettext(refusal.message)
    values = {
        name: say_refusal(value, language) if isinstance(value, Refusal) else value
        for name, value in refusal.values.items()
    }
    return message.format(**values) if values else message


def choose_language(accepted: str | None, otherwise: Language) -> Language:
    """Return the first language of an Accept-Language header (RFC 9110, 12.5.4) that there is, by its weights."""
    weighted = []
    for part in (accepted or "").split(","):
        name, _, rest = part.partition(";")
        weighted.append((-_weight(rest), name.strip().partition("-")[0].lower()))
    for weight, name in sorted(weighted, key=lambda pair: pair[0]):
        if weight < 0 and (language := language_of(name)) is not None:
            return language
    return otherwise


def language_of(name: str | None) -> Language | None:
    """Return the language of a code, None where there is none of it."""
    return next((language for language in Language if language.value == name), None)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0

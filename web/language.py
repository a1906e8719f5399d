"""The language that a reader reads in: what there is, and what a browser asks for."""

from collections.abc import Mapping

from config.vocabulary import Language

NAMES: Mapping[Language, str] = {Language.ZH: "中文", Language.EN: "English"}
"""The languages by the names that their speakers have for them."""


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

"""What may stand in a figure's cell: said over the column, and checked by the spreadsheet while it is typed."""

from decimal import Decimal
from typing import Any

from config.definition.schema import FigureSpec
from config.vocabulary import FigureKind, Language
from rules.words import LONGEST_NOTE
from sheets.answers.words import Word

_TITLE, _MESSAGE = 32, 255
"""How many characters a spreadsheet shows over its messages and in them."""
_VALIDATIONS = {FigureKind.COUNT: "integer", FigureKind.AMOUNT: "decimal"}
_FURTHEST = 10**15


def limits_of(figure: FigureSpec, language: Language) -> str:
    """Say in a few words what a figure takes: `a whole number, at least 0`."""
    kind = Word.WHOLE if figure.kind is FigureKind.COUNT else Word.AMOUNT
    least, most = _plain(figure.minimum), _plain(figure.maximum)
    between = "，" if language is Language.ZH else ", "
    if least and most:
        return kind.of(language) + between + Word.BETWEEN.of(language).format(least=least, most=most)
    if least:
        return kind.of(language) + between + Word.AT_LEAST.of(language).format(least=least)
    if most:
        return kind.of(language) + between + Word.AT_MOST.of(language).format(most=most)
    return kind.of(language)


def figure_rule(figure: FigureSpec, language: Language) -> dict[str, Any]:
    """Return what the spreadsheet checks in the cells of a figure."""
    return {
        "validate": _VALIDATIONS[figure.kind],
        "criteria": "between",
        "minimum": -_FURTHEST if figure.minimum is None else _number(figure.minimum),
        "maximum": _FURTHEST if figure.maximum is None else _number(figure.maximum),
        "input_title": figure.title.of(language)[:_TITLE],
        "input_message": limits_of(figure, language)[:_MESSAGE],
        "error_title": Word.WRONG.of(language)[:_TITLE],
        "error_message": f"{figure.title.of(language)}: {limits_of(figure, language)}"[:_MESSAGE],
    }


def done_rule(language: Language) -> dict[str, Any]:
    """Return the list that the cells for done offer."""
    return {
        "validate": "list",
        "source": [Word.YES.of(language), Word.NO.of(language)],
        "input_title": Word.DONE.of(language)[:_TITLE],
        "input_message": Word.CHOOSE.of(language),
        "error_title": Word.WRONG.of(language)[:_TITLE],
        "error_message": Word.WRONG_CHOICE.of(language),
    }


def note_rule(language: Language) -> dict[str, Any]:
    """Return how long a note may be."""
    return {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST_NOTE,
        "error_title": Word.WRONG.of(language)[:_TITLE],
        "error_message": Word.LONGEST_NOTE.of(language).format(most=LONGEST_NOTE),
    }


def _plain(limit: Decimal | None) -> str:
    """Write a limit as people do: 100 and not 1E+2."""
    return "" if limit is None else f"{limit:f}"


def _number(limit: Decimal) -> int | float:
    return int(limit) if limit == limit.to_integral_value() else float(limit)

"""Cells as they are said to people."""

from enum import StrEnum

from config.definition.text import Text
from config.spoken import spell_out
from config.vocabulary import Language
from sheets.lists.table import Cell

_YES = {Language.ZH: "是", Language.EN: "yes"}
_NO = {Language.ZH: "否", Language.EN: "no"}


def in_words(cell: Cell, language: Language) -> str:
    """Say a text, a word of the vocabulary, or yes and no, in a language."""
    match cell:
        case Text():
            return cell.of(language)
        case StrEnum():
            return spell_out(cell, language)
        case bool():
            return (_YES if cell else _NO)[language]
        case _:
            return str(cell)

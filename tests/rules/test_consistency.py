"""Rules over figures: when they are broken, and what is said."""

from decimal import Decimal

import pytest

from config.definition.consistency import FigureRule
from config.definition.figures import FigureSpec
from config.definition.text import Text
from config.translation import say_sentence
from config.vocabulary import Language
from rules.consistency import Numbers, broken_rules, say_broken

SPECS = {
    "total": FigureSpec(code="total", title=Text(zh="合计", en="Total")),
    "a": FigureSpec(code="a", title=Text(zh="甲", en="A")),
    "b": FigureSpec(code="b", title=Text(zh="乙", en="B")),
}

CASES = {
    "a total that is its parts": ("total = a + b", {"total": 3, "a": 1, "b": 2}, {}, None),
    "a total that is not": (
        "total = a + b",
        {"total": 4, "a": 1, "b": 2},
        {},
        ("Total 4 must equal A 1 + B 2 = 3", "合计 4 应等于 甲 1 + 乙 2 = 3"),
    ),
    "a part that was left out counts nothing": (
        "total = a + b",
        {"total": 4, "a": 1},
        {},
        ("Total 4 must equal A 1 + B 0 = 1", "合计 4 应等于 甲 1 + 乙 0 = 1"),
    ),
    "a side that was left out": ("total = a + b", {"total": 4}, {}, None),
    "another side that was left out": ("total = a + b", {"a": 4, "b": 1}, {}, None),
    "amounts to the cent": ("a <= b", {"a": Decimal("0.30"), "b": Decimal("0.30")}, {}, None),
    "at most, and over it": ("a <= b", {"a": 2, "b": 1}, {}, ("A 2 must be at most B 1", "甲 2 不应大于 乙 1")),
    "at least, and under it": ("a >= b", {"a": 0, "b": 1}, {}, ("A 0 must be at least B 1", "甲 0 不应小于 乙 1")),
    "at least, and equal": ("a >= b", {"a": 1, "b": 1}, {}, None),
    "what stays the same": ("a never falls", {"a": 2}, {"a": 2}, None),
    "what falls": (
        "a never falls",
        {"a": 1},
        {"a": 2},
        ("A 1 was 2 before, and cannot fall", "甲 1 上期为 2，只增不减"),
    ),
    "what nobody knew before": ("a never falls", {"a": 1}, {"b": 2}, None),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_rule_is_told_with_titles_and_values_in_both_languages(case: str) -> None:
    text, figures, before, told = CASES[case]
    assert said(text, figures, before) == ([told] if told else [])


def said(text: str, figures: Numbers, before: Numbers) -> list[tuple[str, str]]:
    sentences = [
        say_broken(broken, SPECS, figures) for broken in broken_rules([FigureRule.parse(text)], figures, before)
    ]
    return [(str(sentence), str(say_sentence(sentence, Language.ZH))) for sentence in sentences]


def test_all_broken_rules_are_found_each_at_its_first_figure() -> None:
    rules = [FigureRule.parse(text) for text in ("total = a", "a <= b", "b never falls")]
    found = broken_rules(rules, {"total": 1, "a": 2, "b": 1}, {"b": 3})
    assert [broken.code for broken in found] == ["total", "a", "b"]

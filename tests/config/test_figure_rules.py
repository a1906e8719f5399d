"""Rules over figures: a small closed language."""

import pytest

from config.definition.consistency import FigureRule
from config.errors import WrongValue
from config.vocabulary import Relation

TOTAL = FigureRule(("total",), Relation.EQUALS, ("a", "b-2", "c_3"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("total = a + b-2 + c_3", TOTAL),
        ("total=a+b-2 +c_3", TOTAL),
        ("  total = a + b-2 + c_3  ", TOTAL),
        ("members <= employees", FigureRule(("members",), Relation.AT_MOST, ("employees",))),
        ("a + b >= c", FigureRule(("a", "b"), Relation.AT_LEAST, ("c",))),
        ("founded never falls", FigureRule(("founded",), Relation.NEVER_FALLS)),
    ],
)
def test_a_rule_is_read_and_printed_as_it_is_written(text: str, rule: FigureRule) -> None:
    assert FigureRule.parse(text) == rule
    assert FigureRule.parse(str(rule)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "total",
        "total = ",
        "a < b",
        "a == b",
        "a = b - c",
        "A = b",
        "a = (b + c)",
        "a + b never falls",
        "a = b = c",
        "a = b; c = d",
    ],
)
def test_whatever_else_is_written_is_no_rule(text: str) -> None:
    with pytest.raises(WrongValue, match="cannot read"):
        FigureRule.parse(text)


@pytest.mark.parametrize("text", ["a = a", "a = b + b", "a + b <= b"])
def test_a_figure_stands_in_a_rule_once(text: str) -> None:
    with pytest.raises(WrongValue, match="stands in the rule twice"):
        FigureRule.parse(text)

"""The small expressions of a campaign file."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from config.definition.expressions import DueRule, Expression, Opening, RungTime, Span, Start
from config.vocabulary import DayUnit, DueAnchor, OpeningAnchor

DAYS, WORKDAYS = DayUnit.DAYS, DayUnit.WORKDAYS
DAY = date(2009, 9, 20)

EXPRESSIONS = {
    "14 workdays": Span(14, WORKDAYS),
    "1 workday": Span(1, WORKDAYS),
    "20 days": Span(20, DAYS),
    "1 day": Span(1, DAYS),
    "5 workdays after open": DueRule(DueAnchor.OPEN, 5, WORKDAYS),
    "2 days before close": DueRule(DueAnchor.CLOSE, -2, DAYS),
    "open": DueRule(DueAnchor.OPEN),
    "close": DueRule(DueAnchor.CLOSE),
    "2009-09-20": DueRule(DueAnchor.DATE, day=DAY),
    "3 workdays before due": RungTime(-3, WORKDAYS),
    "due": RungTime(0, DAYS),
    "1 workday after due": RungTime(1, WORKDAYS),
    "wave": Opening(OpeningAnchor.WAVE),
    "after mobilization": Opening(OpeningAnchor.STAGE, stage="mobilization"),
    "after wave-2": Opening(OpeningAnchor.STAGE, stage="wave-2"),
    "launch": Start(),
    "55 workdays before launch": Start(None, -55, WORKDAYS),
    "1 day after launch": Start(None, 1, DAYS),
}


@pytest.mark.parametrize(("text", "meant"), EXPRESSIONS.items(), ids=EXPRESSIONS)
def test_an_expression_means_what_it_says_and_prints_as_it_was_written(text: str, meant: Expression) -> None:
    assert type(meant).parse(text) == meant
    assert str(meant) == text


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        pytest.param(Opening, Opening(OpeningAnchor.DATE, day=DAY), id="of an opening"),
        pytest.param(Start, Start(DAY), id="of a start"),
    ],
)
def test_a_date_stands_for_itself(kind: type[Expression], meant: Expression) -> None:
    assert kind.parse("2009-09-20") == meant
    assert str(meant) == "2009-09-20"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Span, ""),
        (Span, "0 days"),
        (Span, "-3 days"),
        (Span, "14"),
        (Span, "14 weeks"),
        (Span, "1.5 days"),
        (Span, "14  days"),
        (Span, "10000 days"),
        (Span, "１４ days"),
        (Span, "14 days\nmore"),
        (DueRule, "5 workdays after close of day"),
        (DueRule, "after open"),
        (DueRule, "5 after open"),
        (DueRule, "due"),
        (DueRule, "20 September 2009"),
        (DueRule, "20090920"),
        (RungTime, "close"),
        (RungTime, "3 workdays due"),
        (Opening, "after"),
        (Opening, "after Mobilization"),
        (Opening, "mobilization"),
        (Start, "wave"),
        (Start, "55 workdays before"),
    ],
)
def test_what_cannot_be_read_is_refused_with_examples(kind: type[Expression], text: str) -> None:
    with pytest.raises(ValueError, match="write it like") as refused:
        kind.parse(text)
    assert all(f'"{example}"' in str(refused.value) for example in kind.examples)


@pytest.mark.parametrize("kind", [DueRule, Opening, Start])
def test_a_day_that_no_year_has_is_told_apart(kind: type[Expression]) -> None:
    with pytest.raises(ValueError, match="2009-02-30 is not a day of any year"):
        kind.parse("2009-02-30")


UNITS = st.sampled_from(DayUnit)
COUNTS = st.integers(1, 9999)
OFFSETS = COUNTS | COUNTS.map(int.__neg__)
DATES = st.dates(date(1000, 1, 1))


@given(
    st.one_of(
        st.builds(Span, COUNTS, UNITS),
        st.builds(DueRule, st.sampled_from([DueAnchor.OPEN, DueAnchor.CLOSE]), OFFSETS, UNITS),
        st.builds(DueRule, st.just(DueAnchor.DATE), day=DATES),
        st.builds(RungTime, OFFSETS, UNITS),
        st.builds(Opening, st.just(OpeningAnchor.STAGE), st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True)),
        st.builds(Start, st.none(), OFFSETS, UNITS),
        st.builds(Start, DATES),
    )
)
def test_what_is_printed_parses_back_to_the_same(expression: Expression) -> None:
    assert type(expression).parse(str(expression)) == expression


@pytest.mark.parametrize(("text", "meant"), EXPRESSIONS.items(), ids=EXPRESSIONS)
def test_an_editor_is_given_a_pattern_that_takes_what_parses_and_nothing_of_python(
    text: str, meant: Expression
) -> None:
    pattern = TypeAdapter(type(meant)).json_schema()["pattern"]
    assert re.search(pattern, text)
    assert not re.search(pattern, f"{text} and more")
    assert "?P<" not in pattern

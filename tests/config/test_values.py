"""Shares, times of day, time zones and texts."""

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from config.definition.text import Text
from config.definition.values import check_timezone, parse_clock, parse_share, print_clock, print_share
from config.vocabulary import Language


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("95%", "0.95"),
        ("95 %", "0.95"),
        ("66.7%", "0.667"),
        ("100%", "1"),
        ("0%", "0"),
        ("0.95", "0.95"),
        (0.95, "0.95"),
        (1, "1"),
    ],
)
def test_a_share_is_exact(written: Any, share: str) -> None:
    assert parse_share(written) == Decimal(share)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("101%", "more than 100%"),
        ("1.01", "more than 100%"),
        (95, "more than 100%"),
        ("-5%", "cannot read"),
        ("all", "cannot read"),
        ("NaN", "cannot read"),
        ("", "cannot read"),
        (None, "cannot read"),
    ],
)
def test_a_share_that_is_none_is_refused(written: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_share(written)


@given(st.decimals(0, 1, places=8))
def test_a_share_that_is_printed_parses_back_to_the_same(share: Decimal) -> None:
    assert parse_share(print_share(share)) == share


@pytest.mark.parametrize(("written", "clock"), [("08:30", time(8, 30)), ("8:30", time(8, 30)), ("23:59", time(23, 59))])
def test_a_time_of_day_is_read_to_the_minute(written: str, clock: time) -> None:
    assert parse_clock(written) == clock
    assert parse_clock(print_clock(clock)) == clock


@pytest.mark.parametrize("written", ["24:00", "8", "08:60", "half past eight", 1080, None, "08:30:15"])
def test_a_time_of_day_that_is_none_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match="write a time of day like"):
        parse_clock(written)


@pytest.mark.parametrize("name", ["Mars/One", "Asia", "", "../../etc/passwd", "/etc/localtime"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        check_timezone(name)


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        pytest.param({"zh": "学习", "en": "Study"}, "学习", "Study", id="both"),
        pytest.param({"zh": "学习"}, "学习", "学习", id="Chinese alone"),
        pytest.param({"en": "Study"}, "Study", "Study", id="English alone"),
        pytest.param(" Study\n", "Study", "Study", id="a bare string, trimmed"),
    ],
)
def test_a_text_reads_in_either_language(written: Any, zh: str, en: str) -> None:
    text = Text.model_validate(written)
    assert (text.of(Language.ZH), text.of(Language.EN)) == (zh, en)
    assert Text.model_validate_json(text.model_dump_json()) == text


@pytest.mark.parametrize("written", [{}, "", {"zh": " "}, {"fr": "étude"}, {"zh": 3}, 3, {"zh": None}])
def test_a_text_that_says_nothing_is_refused(written: Any) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(written)

"""Reasons as pages say them: days and numbers by the customs of the reader's language."""

from datetime import date
from decimal import Decimal

import pytest

from config.definition.text import Text, Titled
from config.errors import Refusal
from config.said import Said, joined
from config.translation import say_refusal
from config.vocabulary import Language
from web.reasons import say_reason

PILOT = joined("/", (Titled("s1", Text(zh="学习", en="Study")), "pilot"))
DAY = date(2009, 9, 18)

CASES = [
    (
        Refusal("until {until}: is past already", until=DAY),
        "until Sep 18, 2009: is past already",
        "2009年9月18日",
    ),
    (Refusal("{value} is under the least allowed, {least}", value="7", least=12000), "12,000", "12,000"),
    (Refusal("{value} is over the most allowed, {most}", value="7", most=Decimal("1234.5")), "1,234.5", "1,234.5"),
    (Refusal("{value} is not a whole number", value=Decimal("1.0005")), "1.0005 is not", "1.0005"),
    (Refusal("{why}", why=Said("until {until}: is past already", until=DAY)), "until Sep 18, 2009", "2009年9月18日"),
    (
        Refusal("gate {window}: asks for no approval", window=PILOT),
        "gate Study/pilot",
        "学习/pilot",
    ),
    (Refusal("notice {number}: gone", number=1204), "notice 1204: gone", "1204"),
    (Refusal("byte 0x{byte:02x} is not {wanted}", byte=255, wanted="text"), "byte 0xff is not text", "0xff"),
]


@pytest.mark.parametrize(("refusal", "english", "chinese"), CASES, ids=[case[1] for case in CASES])
def test_pages_say_days_and_numbers_as_their_readers_do(refusal: Refusal, english: str, chinese: str) -> None:
    assert english in say_reason(refusal, Language.EN)
    assert chinese in say_reason(refusal, Language.ZH)


@pytest.mark.parametrize("language", Language)
def test_terminals_and_programs_are_told_days_as_they_are_typed(language: Language) -> None:
    assert "2009-09-18" in say_refusal(Refusal("until {until}: is past already", until=DAY), language)


@pytest.mark.parametrize("language", Language)
def test_terminals_and_programs_are_told_codes_as_they_are_typed(language: Language) -> None:
    refusal = Refusal("gate {window}: asks for no approval", window=PILOT)
    assert "s1/pilot" in say_refusal(refusal, language)
    assert str(refusal) == "gate s1/pilot: asks for no approval"

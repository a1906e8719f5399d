"""Telephone numbers, as people write them."""

import pytest

from config.errors import WrongValue
from config.phones import read_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 13800001111 ", "13800001111"),
        ("+86 312 555-0101", "+86 312 555-0101"),
        ("12345", "12345"),
        ("1" * 20, "1" * 20),
        ("＋８６－３１２", "+86-312"),
    ],
)
def test_a_number(typed: str, kept: str) -> None:
    assert read_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "1234", "1" * 21, "call me", "138-", "--138000", "13800+1111", "138\n0000", "1380000a"]
)
def test_no_number(typed: str) -> None:
    with pytest.raises(WrongValue, match="write 5 to 20 digits"):
        read_number(typed)

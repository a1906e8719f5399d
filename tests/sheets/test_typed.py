"""Cells as people type them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from config.sheets import NoValue
from config.sheets.cells import MergedCell
from sheets.answers.typed import is_blank, read_done, read_number, text_in


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, Decimal(12)),
        (12.0, Decimal(12)),
        (0.1 + 0.2, Decimal("0.3")),
        (3.5, Decimal("3.5")),
        (1e15, Decimal(10**15)),
        ("12", Decimal(12)),
        (" 12.50 ", Decimal("12.50")),
        ("１２．５", Decimal("12.5")),
        ("1,234", Decimal(1234)),
        ("１，２３４．５", Decimal("1234.5")),
        ("12 345", Decimal(12345)),
        ("-3", Decimal(-3)),
        ("", None),
        ("1,23", None),
        ("12人", Decimal(12)),
        ("约30", None),
        ("1e5", None),
        ("NaN", None),
        ("=6*2", None),
        (NoValue("#N/A"), None),
        (MergedCell(14.0), None),
        (True, None),
        (date(2009, 9, 7), None),
    ],
)
def test_a_number_is_read_from_what_was_typed(cell: Any, number: Decimal | None) -> None:
    assert read_number(cell) == number


@pytest.mark.parametrize(
    ("cell", "is_done"),
    [
        ("已完成", True),
        ("完成", True),
        ("√", True),
        (True, True),
        (1.0, True),
        ("DONE", True),
        ("—", False),
        ("", False),
        ("否", False),
        (False, False),
        (0, False),
        ("perhaps", None),
        (MergedCell("已完成"), None),
        (2, None),
        (date(2009, 9, 7), None),
    ],
)
def test_a_mark_is_yes_or_no_or_neither(cell: Any, is_done: bool | None) -> None:
    assert read_done(cell) is is_done


@pytest.mark.parametrize("cell", ["", "  ", "—", "－", "-", "·", "——"])
def test_dashes_and_dots_say_nothing(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize(("cell", "text"), [(12.0, "12"), (0.5, "0.5"), (1e22, "1" + "0" * 22), ("  x ", "x")])
def test_a_cell_says_what_people_see_in_it(cell: Any, text: str) -> None:
    assert text_in(cell) == text

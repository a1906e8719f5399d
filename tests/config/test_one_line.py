"""Names and passwords: text on one line."""

import pytest

from config.errors import Refusal
from config.one_line import check_name, is_one_line


@pytest.mark.parametrize(
    ("text", "can_be_kept"),
    [
        ("张　三", True),
        ("<script>", True),
        ("e\u0301", True),
        ("two\nlines", False),
        ("two\u2028lines", False),
        ("a\0b", False),
        ("\x1b[31m", False),
        ("half \ud83d", False),
    ],
)
def test_what_can_be_kept_has_nothing_in_it_that_is_not_shown(text: str, can_be_kept: bool) -> None:
    assert is_one_line(text) is can_be_kept


def test_a_name_is_kept_without_the_space_around_it() -> None:
    assert check_name("  张三 ", 200) == "张三"


@pytest.mark.parametrize("name", ["", " \t", "x" * 201, "a\0b"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match=r"^name: "):
        check_name(name, 200)

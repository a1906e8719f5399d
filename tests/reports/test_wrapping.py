"""Lines of Chinese and of Latin text."""

import pytest

from reports.wrapping import wrap

LINES = {
    "between any two characters": ("一二三四五六", 4, ["一二三四", "五六"]),
    "no closing mark begins a line": ("一二三四，五", 4, ["一二三", "四，五"]),
    "several of them stay together": ("一二三四”）。五", 5, ["一二三", "四”）。五"]),
    "no opening mark ends a line": ("一二三（四五）", 4, ["一二三", "（四五）"]),
    "words are not torn": ("ab cd efgh", 5, ["ab cd", "efgh"]),
    "a number keeps its marks": ("共6,327人次", 5, ["共", "6,327", "人次"]),
    "a word wider than the line stands alone": ("ab abcdefgh", 5, ["ab", "abcdefgh"]),
    "an indent stays": ("　　一二三四", 4, ["　　一二", "三四"]),
    "nothing": ("", 4, []),
}


@pytest.mark.parametrize(("text", "width", "lines"), LINES.values(), ids=LINES.keys())
def test_a_paragraph_is_broken(text: str, width: int, lines: list[str]) -> None:
    assert [*wrap(text, width, len)] == lines

"""Days that people type."""

from datetime import date

import pytest

from config.errors import Refusal
from rules.words import read_day


@pytest.mark.parametrize(
    "text", ["2009-09-07", "2009/9/7", "2009.9.7", "2009年9月7日", "20090907", " 2009 年 09 月 07 日 ", "2009-9-7"]
)
def test_a_day_may_be_written_in_any_of_five_forms(text: str) -> None:
    assert read_day(text) == date(2009, 9, 7)


@pytest.mark.parametrize(
    "text",
    ["", "7/9/2009", "09-07", "2009-13-01", "2009-02-30", "2009年9月", "40063", "1899-12-31", "2009-9-7 10:00", "soon"],
)
def test_what_is_no_day_or_may_be_two_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is not a day"):
        read_day(text)

"""Numbers as people write them, read alike from a registry, from answers that came back and from forms."""

import pytest

from config.errors import Refusal, WrongValue
from config.numbers import read_number
from config.registry.cells import read_count
from sheets.answers import typed
from web import inputs

WHOLE = {
    "12": 12,
    " 12 ": 12,
    "１２": 12,
    "１２　人": 12,
    "12人": 12,
    "12 名": 12,
    "40人次": 40,
    "3个": 3,
    "1,234": 1234,
    "１，２３４": 1234,
    "12 345人": 12345,
    "12.0": 12,
    "007": 7,
}
NONE = ("约30", "30余人", "三十", "12²", "①", "٣", "1,23", "12,34", "1 2", "1e5", "NaN", "=6*2", "12万", "1.2.3", "人")
OTHER = {"12.5": "12.5", "-3": "-3", "－３．５０": "-3.50", "+1,234.5": "1234.5"}


@pytest.mark.parametrize(("text", "number"), WHOLE.items())
def test_a_whole_number_is_the_same_wherever_it_is_written(text: str, number: int) -> None:
    assert read_number(text) == read_count(text) == typed.read_number(text) == inputs.read_number(text) == number


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_none_anywhere(text: str) -> None:
    assert read_number(text) is typed.read_number(text) is None
    with pytest.raises(WrongValue, match="not a whole number; write it in digits alone"):
        read_count(text)
    with pytest.raises(Refusal, match="is not a number; write digits"):
        inputs.read_number(text)


@pytest.mark.parametrize(("text", "number"), OTHER.items())
def test_other_numbers_are_read_where_they_may_stand(text: str, number: str) -> None:
    assert str(read_number(text)) == str(typed.read_number(text)) == str(inputs.read_number(text)) == number
    with pytest.raises(WrongValue):
        read_count(text)

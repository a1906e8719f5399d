"""Columns of a registry read at once: the same values and rejections as cell by cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.registry import Column, Rejection
from config.registry.plain import read_column
from config.sheets import Cell, NoValue
from config.sheets.cells import MergedCell

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.sampled_from(["", "0", "12", "-1", "甲", "a/b", "\x07", "130683-001", "active", "支部", "city", "13800000000"]),
    st.sampled_from([0.0, 14.0, 14.5, -3.0, 3, 1e9, 1e16, float("inf"), float("nan"), True, date(2009, 9, 7)]),
    st.sampled_from(
        ["同上", "#N/A", "'=1", NoValue("#N/A"), NoValue.of_formula("1+1"), MergedCell(14.0), MergedCell("甲")]
    ),
    st.text(max_size=45).map(str.strip),
)


@pytest.mark.parametrize("column", list(Column))
@given(cells=st.lists(CELLS, min_size=1, max_size=8))
def test_a_column_reads_as_its_cells_do_one_by_one(column: Column, cells: list[Cell]) -> None:
    at_once: list[Rejection] = []
    one_by_one: list[Rejection] = []
    places = range(2, 2 + len(cells))
    values = read_column(column, places, cells, at_once)
    singly = [read_column(column, [place], [cell], one_by_one)[0] for place, cell in zip(places, cells, strict=True)]
    assert (values, at_once) == (singly, one_by_one)
    assert all(type(value) in (str, int, type(None)) or column is Column.LEVEL for value in values)

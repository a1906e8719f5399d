"""Charts show what the tables say."""

import pytest

from config.vocabulary import Measure
from reports.charts import CHARTS, ChartSpec, bars_of
from reports.report import UnitRow, UnitTable
from tests.reports.values import a_report

M = Measure
PROBLEMS = CHARTS[0]


def table(measures: tuple[Measure, ...], **rows: tuple[int, ...]) -> UnitTable:
    """A table by unit, without where it is from."""
    sums = tuple(map(sum, zip(*rows.values(), strict=True)))
    nowhere = ("",) * len(measures)
    return UnitTable(measures, tuple(UnitRow(name, values, nowhere) for name, values in rows.items()), sums, nowhere)


@pytest.mark.parametrize("spec", CHARTS, ids=lambda spec: spec.title.en)
def test_the_bars_of_a_chart_are_the_numbers_of_the_tables(spec: ChartSpec) -> None:
    first, *others = spec.measures
    tables = (table((first,), A=(7,), B=(5,)), table((*others, M.MEETINGS), A=(3,) * len(others) + (9,)))
    bars = bars_of(spec, a_report(tables=tables).tables)
    assert bars == {"A": {first: 7} | dict.fromkeys(others, 3), "B": {first: 5}}


def test_units_stand_by_their_first_measure_or_by_all_of_them_where_they_are_stacked() -> None:
    measures = (M.PROBLEMS_FOUND, M.PROBLEMS_SOLVED)
    beside = table(measures, A=(59, 41), B=(60, 12), C=(0, 0))
    assert [*bars_of(PROBLEMS, (beside,))] == ["B", "A"]
    assert [*bars_of(ChartSpec(PROBLEMS.title, measures, is_stacked=True), (beside,))] == ["A", "B"]

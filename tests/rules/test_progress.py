import pytest
from hypothesis import given

from rules.progress import Tally, completeness, overdue, timeliness
from tests.rules.strategies import quick, tallies


@pytest.mark.parametrize(
    ("tally", "complete", "timely", "late"),
    [
        pytest.param(Tally(), None, None, 0, id="nothing counts"),
        pytest.param(Tally(total=4, waived=4), None, None, 0, id="all waived"),
        pytest.param(Tally(total=4), 0.0, None, 0, id="nothing due yet"),
        pytest.param(Tally(total=4, done=1, in_time=1), 0.25, None, 0, id="done early is not yet timely"),
        pytest.param(Tally(total=4, due=4), 0.0, 0.0, 4, id="all overdue"),
        pytest.param(Tally(total=4, done=2, due=4, due_done=2), 0.5, 0.0, 2, id="done late is complete, not timely"),
        pytest.param(
            Tally(total=10, done=6, in_time=5, waived=2, due=5, due_done=4, due_in_time=3),
            0.75,
            0.6,
            1,
            id="one of each sort",
        ),
    ],
)
def test_two_figures_that_are_never_mixed(
    tally: Tally, complete: float | None, timely: float | None, late: int
) -> None:
    assert (completeness(tally), timeliness(tally), overdue(tally)) == (complete, timely, late)


def test_tallies_add_field_by_field() -> None:
    assert Tally(1, 2, 3, 4, 5, 6, 7) + Tally(10, 20, 30, 40, 50, 60, 70) == Tally(11, 22, 33, 44, 55, 66, 77)
    assert sum([Tally(total=1), Tally(total=2, due=1)], Tally()) == Tally(total=3, due=1)


@quick
@given(tallies())
def test_figures_are_shares(tally: Tally) -> None:
    for share in (completeness(tally), timeliness(tally)):
        assert share is None or 0 <= share <= 1
    assert 0 <= overdue(tally) <= tally.total - tally.waived - tally.done


@quick
@given(tallies(), tallies(), tallies())
def test_tallies_add_in_any_order(one: Tally, two: Tally, three: Tally) -> None:
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + Tally() == one
    assert overdue(one + two) == overdue(one) + overdue(two)

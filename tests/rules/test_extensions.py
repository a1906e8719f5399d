from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.extensions import Grant, effective_due
from tests.rules.factories import due_at
from tests.rules.strategies import quick

RULE = due_at("10")


def own(last_day: str) -> Grant:
    return Grant(due_at(last_day), own=True)


def unit(last_day: str) -> Grant:
    return Grant(due_at(last_day), own=False)


@pytest.mark.parametrize(
    ("grants", "last_day"),
    [
        pytest.param([], "10", id="none: the rule"),
        pytest.param([own("15")], "15", id="the branch's own"),
        pytest.param([unit("15")], "15", id="its unit's"),
        pytest.param([own("15"), own("12")], "12", id="the latest decision, though it is shorter"),
        pytest.param([unit("15"), unit("12")], "12", id="the same for a unit"),
        pytest.param([own("15"), unit("12")], "15", id="a unit's never shortens a branch's"),
        pytest.param([own("15"), unit("18")], "18", id="a unit's may lengthen it"),
        pytest.param([own("15"), unit("18"), unit("12")], "15", id="nor does a unit's take back more than it gave"),
        pytest.param([unit("18"), own("12")], "12", id="a branch's decided later counts over a unit's"),
        pytest.param([own("05")], "10", id="never before the rule"),
    ],
)
def test_the_extension_that_counts(grants: list[Grant], last_day: str) -> None:
    assert effective_due(RULE, grants) == due_at(last_day)


grants = st.lists(st.builds(Grant, st.integers(1, 30).map(lambda n: due_at(f"{n:02}")), st.booleans()), max_size=6)


@quick
@given(grants, st.integers(1, 30).map(lambda n: due_at(f"{n:02}")))
def test_a_later_grant_to_a_unit_never_shortens_what_the_branch_was_granted(
    decided: list[Grant], later: datetime
) -> None:
    before = [grant.due_at for grant in decided if grant.own]
    after = effective_due(RULE, [*decided, Grant(later, own=False)])
    assert after >= max(RULE, later)
    assert not before or after >= before[-1]

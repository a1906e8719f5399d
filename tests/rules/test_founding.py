"""Where organisations can be founded, and which organisation is whose."""

import pytest

from config.vocabulary import BranchKind
from rules.founding import alike, can_found, comes_first, is_organisation_of, least_members


@pytest.mark.parametrize(("members", "employees", "expected"), [(2, 99, (False, False)), (3, 100, (True, True))])
def test_three_members_and_a_hundred_employees(members: int, employees: int, expected: tuple[bool, bool]) -> None:
    assert (can_found(members), comes_first(employees)) == expected


LEAST = {
    BranchKind.BRANCH: 3,
    BranchKind.COMMITTEE: 3,
    BranchKind.JOINT_BRANCH: 0,
    BranchKind.ASSOCIATION_BRANCH: 0,
    BranchKind.UNION: 0,
}


@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_members_of_its_own_are_needed_for(kind: BranchKind, least: int) -> None:
    assert least_members(kind) == least


def test_a_committee_and_a_branch_are_alike_and_a_union_is_not() -> None:
    assert BranchKind.COMMITTEE in alike(BranchKind.BRANCH)
    assert BranchKind.UNION not in alike(BranchKind.BRANCH)
    assert alike(BranchKind.UNION) == {BranchKind.UNION}


ORGANISATIONS = {
    "its branch": ("某机械厂党支部", "某机械厂", True),
    "itself, in another width": ("ABC　公司", "ＡＢＣ公司", True),
    "with the party before": ("中共某机械厂委员会", "某机械厂", True),
    "a company's": ("长城汽车股份有限公司党委", "长城汽车", True),
    "in English": ("Great Wall Party Branch", "Great Wall", True),
    "another enterprise of which the name goes on": ("长城汽车配件厂党支部", "长城汽车", False),
    "another enterprise": ("某纺织厂党支部", "某机械厂", False),
}


@pytest.mark.parametrize(("organisation", "enterprise", "expected"), ORGANISATIONS.values(), ids=ORGANISATIONS.keys())
def test_an_organisation_is_known_by_its_name(organisation: str, enterprise: str, expected: bool) -> None:
    assert is_organisation_of(organisation, enterprise) is expected

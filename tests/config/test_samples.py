"""The sample registry: what is published adds up, and what is invented says so."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from config.registry import BranchRow, Registry, read_registry
from config.samples.baoding import MARK, SAMPLE_REGISTRY, make_registry, sample_officers
from config.samples.draws import draw, pick
from config.vocabulary import BranchKind, BranchStatus, OfficerRole, UnitLevel

NAMED = {
    "长城汽车": "保定市",
    "中画美凯": "新市区",
    "鑫森制衣": "容城县",
    "大理石雕刻总公司": "曲阳县",
    "太行防腐装饰": "曲阳县",
}
PUBLISHED = (
    "新市区 北市区 南市区 涿州市 定州市 安国市 高碑店市 满城县 清苑县 涞水县 阜平县 徐水县 定兴县 唐县 高阳县 容城县 "
    "涞源县 望都县 安新县 易县 曲阳县 蠡县 顺平县 博野县 雄县"
)
COUNTIES = set(PUBLISHED.split())


@pytest.fixture(scope="module")
def sheet() -> Registry:
    return read_registry(SAMPLE_REGISTRY)


@pytest.fixture(scope="module")
def branches(sheet: Registry) -> list[BranchRow]:
    return list(sheet.branches)


def test_the_file_is_what_the_generator_writes(tmp_path: Path) -> None:
    assert SAMPLE_REGISTRY.read_bytes() == make_registry().encode()
    root = Path(__file__).parents[2]
    plain = {"PYTHONPATH": str(root), "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    command = [sys.executable, "-m", "config.samples.baoding"]
    written = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path, env=plain).stdout
    assert written == SAMPLE_REGISTRY.read_bytes()


def test_it_has_the_published_totals(sheet: Registry, branches: list[BranchRow]) -> None:
    assert sheet.rejected == ()
    assert len(branches) == 703
    assert sum(branch.members for branch in branches) == 9905
    assert {branch.status for branch in branches} == {BranchStatus.ACTIVE}


def test_the_city_has_25_units_below_it_and_13_branches_in_qingyuan(sheet: Registry) -> None:
    units = {unit.name: (unit.parent, unit.level) for unit in sheet.units}
    names = {unit.code: unit.name for unit in sheet.units}
    assert units.pop("保定市") == (None, UnitLevel.CITY)
    assert set(units) == COUNTIES
    assert set(units.values()) == {("130600", UnitLevel.COUNTY)}
    spread = Counter(names[branch.unit] for branch in sheet.branches)
    assert spread["清苑县"] == 13
    assert set(spread) == COUNTIES | {"保定市"}


def test_the_named_enterprises_are_in_their_units(sheet: Registry) -> None:
    names = {unit.code: unit.name for unit in sheet.units}
    assert {row.name: names[row.unit] for row in sheet.branches if row.name in NAMED} == NAMED


def test_names_and_codes_are_unique_and_codes_tell_the_unit(branches: list[BranchRow]) -> None:
    assert len({branch.name for branch in branches}) == len({branch.code for branch in branches}) == 703
    assert all(branch.code.startswith(f"{branch.unit}-") for branch in branches)


def test_sizes_and_kinds_are_plausible(branches: list[BranchRow]) -> None:
    kinds = Counter(branch.kind for branch in branches)
    assert set(kinds) == {BranchKind.COMMITTEE, BranchKind.BRANCH, BranchKind.JOINT_BRANCH}
    assert kinds[BranchKind.BRANCH] > 0.9 * len(branches)
    assert min(branch.members for branch in branches) >= 3
    assert all(branch.employees > branch.members for branch in branches)


def test_every_branch_has_an_officer_and_a_leader_of_its_own_who_are_marked_as_invented(
    branches: list[BranchRow],
) -> None:
    assert len({branch.officer_code for branch in branches}) == len({branch.leader for branch in branches}) == 703
    assert all(MARK in (branch.officer_name or "") and MARK in (branch.leader or "") for branch in branches)
    assert all(branch.channel == f"folder://{branch.officer_code}" for branch in branches)


def test_each_unit_has_a_group_officer_and_the_city_a_coordinator(sheet: Registry, branches: list[BranchRow]) -> None:
    officers = sample_officers()
    names = {unit.code: unit.name for unit in sheet.units}
    groups = [names[officer.unit_code] for officer in officers if officer.role is OfficerRole.GROUP]
    assert (len(groups), set(groups)) == (25, COUNTIES)
    assert [names[officer.unit_code] for officer in officers if officer.role is OfficerRole.COORDINATOR] == ["保定市"]
    assert all(MARK in officer.name and officer.channel == f"folder://{officer.code}" for officer in officers)
    assert not {officer.code for officer in officers} & {branch.officer_code for branch in branches}


def test_the_readme_says_that_the_data_is_synthetic() -> None:
    readme = SAMPLE_REGISTRY.with_name("README.md").read_text(encoding="utf-8")
    assert "synthetic" in readme
    assert "虚构" in readme


def test_draws_follow_from_their_key_and_spread_evenly() -> None:
    drawn = [draw("seed", number) for number in range(10_000)]
    assert drawn == [draw("seed", str(number)) for number in range(10_000)]
    tenths = Counter(int(value * 10) for value in drawn)
    assert set(tenths) == set(range(10))
    assert all(900 < count < 1100 for count in tenths.values())
    assert {pick("abc", number) for number in range(100)} == set("abc")

from pathlib import Path

from tests.cli.terminal import Rollcall

ON_TRIAL = ("--campaign", "trial")
BRANCH = (*ON_TRIAL, "--branch", "U1-1")
FOUND, LATER = ("--at", "2009-11-02T09:00+08:00"), ("--at", "2009-12-01T09:00+08:00")


def test_a_problem_is_recorded_assigned_and_solved(rollcall: Rollcall, at_work: Path) -> None:
    added = rollcall("problem", "add", *BRANCH, "--title", "没有活动场地", "--by", "张三", *FOUND, "--json")
    assert added.json == {"problem": 1}
    assert rollcall("problem", "assign", "1", *ON_TRIAL, "--owner", "李敏", "--due", "2009-11-20", *FOUND).status == 0
    (problem,) = rollcall("problem", "list", *ON_TRIAL, *LATER, "--json").json
    assert problem == {
        "problem": 1,
        "branch": "U1-1",
        "stage": "rectification",
        "title": "没有活动场地",
        "owner": "李敏",
        "due": "2009-11-20T16:00:00Z",
        "status": "open",
        "late": True,
        "found_at": "2009-11-02T01:00:00Z",
        "found_by": "张三",
        "solved_at": None,
        "solved_by": None,
        "note": None,
        "category": None,
        "measures": None,
        "verified_at": None,
        "verified_by": None,
    }
    solved = rollcall("problem", "solve", "1", *ON_TRIAL, "--note", "rented", "--by", "李敏", *FOUND)
    assert solved.out == "1 solved, 0 were solved already\n"
    (problem,) = rollcall("problem", "list", *ON_TRIAL, *LATER, "--json").json
    assert (problem["status"], problem["late"], problem["solved_by"]) == ("solved", False, "李敏")
    assert rollcall("problem", "solve", "1", *ON_TRIAL).out == "0 solved, 1 were solved already\n"


def test_the_list_can_be_narrowed(rollcall: Rollcall, at_work: Path) -> None:
    for branch in ("U1-1", "U1-2", "U1-1"):
        assert rollcall("problem", "add", *ON_TRIAL, "--branch", branch, "--title", "t", *FOUND).status == 0
    assert rollcall("problem", "solve", "3", *ON_TRIAL).status == 0

    def numbers(*narrowed: str) -> list[int]:
        return [row["problem"] for row in rollcall("problem", "list", *ON_TRIAL, *narrowed, "--json").json]

    assert numbers() == [1, 2, 3]
    assert numbers("--branch", "U1-1") == [1, 3]
    assert numbers("--branch", "U1-1", "--status", "open") == [1]


def test_a_branch_says_that_it_found_none(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("problem", "none", *BRANCH).out == "U1-1: no problems, on record\n"
    assert "already" in rollcall("problem", "none", *BRANCH).out
    assert rollcall("problem", "add", *BRANCH, "--title", "t").status == 0
    assert "has recorded problems" in rollcall("problem", "none", *BRANCH).complaint


def test_a_problem_is_verified_after_it_was_solved(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("problem", "add", *BRANCH, "--title", "t", "--category", "场地", *FOUND).status == 0
    assert "is still open" in rollcall("problem", "verify", "1", *ON_TRIAL).complaint
    assert rollcall("problem", "solve", "1", *ON_TRIAL).status == 0
    assert rollcall("problem", "verify", "1", *ON_TRIAL, "--by", "李敏").out == "problem 1: verified\n"
    assert rollcall("problem", "verify", "1", *ON_TRIAL).out == "problem 1: was verified already\n"
    (problem,) = rollcall("problem", "list", *ON_TRIAL, "--json").json
    assert (problem["category"], problem["verified_by"]) == ("场地", "李敏")


def test_shares_are_counted_by_unit_and_category(rollcall: Rollcall, at_work: Path) -> None:
    for branch, category in (("U1-1", "场地"), ("U1-2", "场地"), ("U1-1", "经费"), ("U2-1", "场地")):
        added = rollcall(
            "problem", "add", *ON_TRIAL, "--branch", branch, "--title", "t", "--category", category, *FOUND
        )
        assert added.status == 0
    assert rollcall("problem", "solve", "1", *ON_TRIAL).status == 0
    rows = rollcall("problem", "shares", *ON_TRIAL, "--json").json
    assert [(row["unit"], row["category"], row["found"], row["solved"], row["share"]) for row in rows] == [
        ("U1", "场地", 2, 1, 0.5),
        ("U1", "经费", 1, 0, 0.0),
        ("U2", "场地", 1, 0, 0.0),
    ]

from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall

TRIAL = ("--campaign", "trial")
NOW = ("--at", "2009-09-15T10:00+08:00")
VISIT = ("branch=U1-1", "day=2009-09-14", "way=lecture", "persons=3")


def test_an_entry_is_written_corrected_listed_and_struck(rollcall: Rollcall, at_work: Path) -> None:
    added = rollcall("ledger", "add", "visits", *VISIT, "officer=OU1-1", *TRIAL, *NOW, "--by", "张三", "--json")
    assert added.json == {"ledger": "visits", "number": 1}
    amended = rollcall(
        "ledger", "amend", "visits", "1", "persons=4", "officer=", *TRIAL, *NOW, "--reason", "miscounted"
    )
    assert amended.out == "visits 1: corrected\n"
    (entry,) = rollcall("ledger", "list", "visits", *TRIAL, "--json").json
    assert entry["entry"] == {
        "day": "2009-09-14",
        "branch": "U1-1",
        "officer": None,
        "way": "lecture",
        "persons": 4,
        "findings": None,
    }
    assert (entry["unit"], entry["recorded_by"], entry["struck"]) == ("U1", "张三", False)
    assert rollcall("ledger", "strike", "visits", "1", *TRIAL, *NOW, "--reason", "twice").out == "visits 1: struck\n"
    assert rollcall("ledger", "list", "visits", *TRIAL, "--json").json == []
    (entry,) = rollcall("ledger", "list", "visits", *TRIAL, "--struck", "--json").json
    assert entry["struck"]


WRONG = {
    "a column that is missing": (("day=2009-09-14", "way=lecture", "persons=3"), "branch: is missing"),
    "a value that cannot be": ((*VISIT[:3], "persons=0"), "persons: must be at least 1, not 0"),
    "a column nobody knows": ((*VISIT, "colour=red"), "colour: no such column; there are: day, branch,"),
    "no column at all": (("persons",), '"persons" is not a column with its value; write it like persons=3'),
    "a column given twice": ((*VISIT, "persons=3"), "persons is given twice"),
    "a branch not there": (("branch=U9-9", *VISIT[1:]), "branch U9-9: not in the registry"),
}


@pytest.mark.parametrize(("said", "complaint"), WRONG.values(), ids=WRONG.keys())
def test_an_entry_that_cannot_be_taken(
    rollcall: Rollcall, at_work: Path, said: tuple[str, ...], complaint: str
) -> None:
    refused = rollcall("ledger", "add", "visits", *said, *TRIAL, *NOW)
    assert refused.status != 0
    assert complaint in refused.complaint


def test_a_visit_brings_a_problem_and_completes_a_task(rollcall: Rollcall, at_work: Path) -> None:
    logged = rollcall("ledger", "visit", *VISIT, *TRIAL, *NOW, "--problem", "漏雨", "--task", "training", "--json")
    assert logged.json == {"visit": 1, "problem": 1}
    (problem,) = rollcall("problem", "list", *TRIAL, "--json").json
    assert problem["title"] == "漏雨"
    tasks = rollcall("task", "list", *TRIAL, "--branch", "U1-1", *NOW, "--json").json
    assert [task["task"] for task in tasks if task["status"] == "done"] == ["training"]


def test_a_visit_whose_task_cannot_be_completed_leaves_nothing(rollcall: Rollcall, at_work: Path) -> None:
    refused = rollcall("ledger", "visit", *VISIT, *TRIAL, *NOW, "--problem", "漏雨", "--task", "survey")
    assert "members" in refused.complaint
    assert rollcall("ledger", "list", "visits", *TRIAL, "--json").json == []
    assert rollcall("problem", "list", *TRIAL, "--json").json == []


def test_figures_come_with_the_query_that_says_so(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("ledger", "add", "visits", *VISIT, *TRIAL, *NOW).status == 0
    figures = {row["measure"]: row for row in rollcall("ledger", "figures", *TRIAL, "--json").json}
    assert figures["visits"]["value"] == 3
    assert "FROM visit" in figures["visits"]["source"]
    assert "FROM visit" in rollcall("ledger", "figures", *TRIAL, "--sources").out


def test_a_target_says_how_far_it_is_and_when_it_is_late(rollcall: Rollcall, at_work: Path) -> None:
    said = ("unit=U1", "day=2009-09-08", "measure=visits", "wanted=5", "person=李某", "due=2009-09-15")
    assert rollcall("ledger", "add", "targets", *said, *TRIAL, *NOW).status == 0
    assert rollcall("ledger", "add", "visits", *VISIT, *TRIAL, *NOW).status == 0
    asked = ("ledger", "targets", *TRIAL, "--json")
    (target,) = rollcall(*asked, *NOW).json
    assert (target["wanted"], target["reached"], target["met"], target["late"]) == (5, 3, False, False)
    (target,) = rollcall(*asked, "--at", "2009-09-16T00:00+08:00").json
    assert target["late"]


def test_prospects_come_in_the_order_in_which_they_should_found(rollcall: Rollcall, at_work: Path) -> None:
    for enterprise, employees, members in (("甲", 99, 5), ("乙", 100, 3), ("丙", 300, 2), ("丁", 400, 3)):
        said = (f"enterprise={enterprise}", f"employees={employees}", f"full_members={members}", "kind=branch")
        said = ("unit=U1", "day=2009-09-08", "status=prospect", *said)
        assert rollcall("ledger", "add", "foundations", *said, *TRIAL, *NOW).status == 0
    rows = rollcall("ledger", "prospects", *TRIAL, "--json").json
    assert [(row["enterprise"], row["first"]) for row in rows] == [("丁", True), ("乙", True), ("甲", False)]


def test_coverage_is_the_share_of_enterprises_with_an_organisation(rollcall: Rollcall, at_work: Path) -> None:
    counts = "enterprises=400 sole_traders=9 employees=5000 members=300 enterprises_with_members=60"
    organisations = "committees=1 branches=23 joint_branches=2"
    said = ("unit=U1", "day=2009-09-08", *counts.split(), *organisations.split())
    assert rollcall("ledger", "add", "coverage", *said, *TRIAL, *NOW).status == 0
    (part,) = rollcall("ledger", "coverage", *TRIAL, "--json").json["parts"]
    assert (part["unit"], part["organisations"], part["share"]) == ("U1", 26, 0.065)


@pytest.mark.usefixtures("in_chinese")
def test_counts_that_do_not_agree_are_shown_with_both_numbers(rollcall: Rollcall, at_work: Path) -> None:
    rest = "sole_traders=0 employees=900 members=90 enterprises_with_members=9 committees=0 branches=9 joint_branches=0"
    for unit, enterprises in (("R", 400), ("U1", 150)):
        said = (f"unit={unit}", "day=2009-09-08", f"enterprises={enterprises}", *rest.split())
        assert rollcall("ledger", "add", "coverage", *said, *TRIAL, *NOW).status == 0
    found = rollcall("ledger", "coverage", *TRIAL, "--json").json
    assert [(part["unit"], part["enterprises"]) for part in found["parts"]] == [("U1", 150)]
    assert found["disagreements"] == [{"number": 1, "unit": "R", "column": "enterprises", "said": 400, "below": 150}]
    printed = rollcall("ledger", "coverage", *TRIAL).out
    assert "以下级合计为准" in printed
    assert "400" in printed


@pytest.mark.usefixtures("in_chinese")
def test_tables_are_printed_in_the_language_of_the_house(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("ledger", "add", "visits", *VISIT, *TRIAL, *NOW).status == 0
    for command in (
        ("list", "visits", *TRIAL),
        ("figures", *TRIAL),
        ("targets", *TRIAL),
        ("prospects", *TRIAL),
        ("columns",),
    ):
        assert rollcall("ledger", *command).status == 0
    assert "辅导讲课" in rollcall("ledger", "list", "visits", *TRIAL).out

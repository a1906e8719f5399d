"""Branches that move, split or merge while campaigns run: their past stays where it happened."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.complete import complete
from actions.house import House
from actions.import_registry import Imported, import_registry
from actions.registry.reading import read_file
from actions.solve_problem import Solution, solve_problems
from config.vocabulary import EventKind, OpenWork
from models.branch import Branch
from models.problem import Problem
from tests.dumps import dump
from tests.factories import (
    CITY,
    HEADER,
    a_house_at_work,
    answer,
    at,
    imported,
    registry_row,
)
from tests.records import CAMPAIGN as CODE
from tests.records import branch_of, counters_of, events_of, every, facts, recounted, unit_codes, work_of

NOW = at("2009-09-16 10:00")


def test_a_branch_that_moves_takes_its_open_work_along_and_leaves_what_is_done(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    complete(house, CODE, [answer("U1-1", "survey")])
    assert imported(house, registry_row(2, 9, code="U1-1"), now=NOW).changed == 1
    units = unit_codes(house)
    assert units[branch_of(house, "U1-1").unit_id] == "U2"
    assert units[work_of(house, "U1-1", "survey").unit_id] == "U1"
    assert units[work_of(house, "U1-1", "training").unit_id] == "U2"
    assert work_of(house, "U1-1", "training").due_at == at("2009-09-25 00:00"), "it stays in its wave"
    assert counters_of(house) == recounted(house)


def test_the_open_work_of_a_branch_that_moves_is_waived_where_it_was_when_told_so(
    engine: Engine, tmp_path: Path
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    complete(house, CODE, [answer("U1-1", "survey")])
    moved = imported(house, registry_row(2, 9, code="U1-1"), now=NOW, open_work=OpenWork.WAIVE)
    assert (moved.changed, moved.moved, moved.closed) == (1, 1, 0)
    units = unit_codes(house)
    assert units[branch_of(house, "U1-1").unit_id] == "U2"
    survey, training = (work_of(house, "U1-1", task) for task in ("survey", "training"))
    assert [(units[work.unit_id], work.status) for work in (survey, training)] == [("U1", "done"), ("U1", "waived")]
    assert (training.note, training.next_reminder_at) == ("the branch moved to another unit", None)
    assert work_of(house, "U1-2", "training").status == "open"
    assert counters_of(house) == recounted(house)
    again = imported(house, registry_row(2, 9, code="U1-1"), now=NOW, open_work=OpenWork.WAIVE)
    assert (again.unchanged, again.moved) == (1, 0)


def test_a_branch_that_is_split_keeps_its_past_and_the_new_one_joins(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    complete(house, CODE, [answer("U1-1", "survey")])
    split = imported(
        house, registry_row(1, 1).replace(",11,", ",6,"), registry_row(1, 2).replace(",12,", ",5,"), now=NOW
    )
    assert (split.new, split.changed) == (1, 1)
    assert work_of(house, "U1-1", "survey").status == "done"
    assert work_of(house, "U1-2", "survey").due_at == at("2009-09-24 00:00")
    assert counters_of(house) == recounted(house)


def test_a_branch_that_is_merged_into_another_closes_and_keeps_what_it_did(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    complete(house, CODE, [answer("U1-2", "survey")])
    merged = imported(house, registry_row(1, 1), registry_row(1, 2, status="已合并"), now=NOW)
    assert (merged.changed, merged.moved, merged.closed) == (1, 0, 1)
    assert [work_of(house, "U1-2", task).status for task in ("survey", "training")] == ["done", "waived"]
    assert work_of(house, "U1-1", "training").status == "open"
    assert counters_of(house) == recounted(house)


def merged_into(successor: str, row: str = registry_row(1, 2, status="")) -> str:
    return f"{row},{successor}"


def import_merger(house: House, *rows: str, open_work: OpenWork = OpenWork.FOLLOW) -> Imported:
    file = house.home / "merger.csv"
    file.write_text("\n".join([f"{HEADER},并入支部", f"{CITY},", *rows, ""]), encoding="utf-8")
    return import_registry(house, read_file(house, file), open_work=open_work, actor="test", now=NOW)


@pytest.mark.parametrize(("open_work", "homes"), [(OpenWork.FOLLOW, ["U2-1", "U1-2"]), (OpenWork.WAIVE, ["U1-2"] * 2)])
def test_the_open_problems_of_a_branch_that_is_merged_follow_to_its_successor_when_told_so(
    engine: Engine, tmp_path: Path, open_work: OpenWork, homes: list[str]
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    found = [Finding("U1-2", title, NOW, "test", "王", date(2009, 9, 24)) for title in ("漏", "渗")]
    add_problems(house, CODE, found)
    solve_problems(house, CODE, [Solution(2, NOW, "test")])
    merged = import_merger(house, merged_into("U2-1"), open_work=open_work)
    assert (merged.changed, merged.closed, merged.rejected) == (1, 1, ())
    problems = sorted(every(house, Problem), key=lambda row: row.number)
    branches = {row.id: row for row in every(house, Branch)}
    assert [branches[row.branch_id].code for row in problems] == homes
    assert (problems[0].unit_id == branches[problems[0].branch_id].unit_id, problems[0].next_reminder_at is None) == (
        True,
        open_work is OpenWork.WAIVE,
    )
    assert work_of(house, "U1-2", "training").status == "waived"
    (event,) = events_of(house, EventKind.BRANCH_CHANGED)
    handed = {"problems": [1]} if open_work is OpenWork.FOLLOW else {}
    assert facts(event.after) == {"status": "dissolved", "successor": "U2-1"} | handed
    assert counters_of(house) == recounted(house)
    assert import_merger(house, merged_into("U2-1"), open_work=open_work) == Imported(0, 0, 0, 0, 1, ())


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((merged_into("U9-9"),), "no such branch, neither here nor in the file"),
        ((merged_into("U1-2"),), "the branch itself"),
        ((merged_into("U1-1", registry_row(1, 2)),), "the branch has a successor and is not dissolved"),
        ((merged_into("U1-1"), registry_row(1, 1, status="已撤销") + ","), "is not active itself"),
        ((merged_into("U1-1"), merged_into("U2-1", registry_row(1, 1, status=""))), "is not active itself"),
    ],
)
def test_a_successor_that_cannot_go_on_is_rejected(
    engine: Engine, tmp_path: Path, rows: tuple[str, ...], reason: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    before = dump(engine)
    (rejected,) = import_merger(house, *rows).rejected
    assert (rejected.line, rejected.column) == (3, "successor")
    assert rejected.reason.startswith(reason)
    assert dump(engine) == before


def test_a_branch_may_be_merged_into_one_that_the_same_file_brings(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    add_problems(house, CODE, [Finding("U1-2", "漏", NOW, "test", "王", date(2009, 9, 24))])
    import_merger(house, merged_into("U2-9"), registry_row(2, 9) + ",")
    (problem,) = every(house, Problem)
    assert problem.branch_id == branch_of(house, "U2-9").id

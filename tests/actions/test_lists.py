"""Lists of a campaign: what stands in them, inside which scope, and that they are read row by row."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from actions.add_problem import Finding, add_problems
from actions.complete import Answer, complete
from actions.enter import enter
from actions.house import House
from actions.import_registry import import_registry
from actions.reading.lists.all import open_list
from actions.registry.reading import read_file
from actions.set_phone import set_phone
from config.errors import Unknown
from config.phones import read_number
from config.vocabulary import AssignmentStatus, BranchStatus, FileFormat, Language, LedgerCode, ListCode, UnitLevel
from models.branch import Branch
from models.database import transaction
from models.scope import Scope
from sheets.lists.writing import write_table
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, at
from tests.ledgers.entries import an_entry
from tests.notifications.factories import About, a_notice
from tests.workbooks import saved_again

NOW = at("2009-09-16 10:00")
SPENT = CAMPAIGN.replace("figures: [members]}", "figures: [members, {code: spent, kind: amount, required: false}]}")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The trial on 16 September: U1-1 has done its survey, those of U1-2 and U1-3 were due on the 14th."""
    house = a_house_at_work(engine, tmp_path / "home", text=SPENT)
    figures: dict[str, Any] = {"members": 12, "spent": 3.5}
    complete(house, "trial", [Answer("U1-1", "survey", at("2009-09-14 09:00"), "li", figures, note="=A1")])
    return house


def read(house: House, what: ListCode | LedgerCode, **asked: Any) -> list[Mapping[str, Any]]:
    with open_list(house, "trial", what, now=asked.pop("now", NOW), **asked) as table:
        codes = [column.code for column in table.columns]
        return [dict(zip(codes, row, strict=True)) for row in table.rows]


def only(row: Mapping[str, Any], *codes: str) -> tuple[Any, ...]:
    return tuple(row[code] for code in codes)


def test_the_registry_is_in_the_order_of_the_tree(house: House) -> None:
    rows = read(house, ListCode.REGISTRY)
    assert [only(row, "unit_code", "parent_code", "branch_code") for row in rows] == [
        ("R", None, None),
        *(("U1", "R", f"U1-{number}") for number in (1, 2, 3)),
        *(("U2", "R", f"U2-{number}") for number in (1, 2, 3)),
    ]
    assert only(rows[1], "level", "members", "status", "officer_name") == (
        UnitLevel.COUNTY,
        11,
        BranchStatus.ACTIVE,
        "联络员OU1-1",
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("written_as", [FileFormat.XLSX, FileFormat.CSV])
def test_a_registry_that_was_taken_away_imports_unchanged(
    house: House, tmp_path: Path, language: Language, written_as: FileFormat
) -> None:
    rename(house, {"U1-1": "=1+1公司", "U1-2": "+甲", "U1-3": "-乙", "U2-1": "@丙", "U2-2": "'=丁", "U2-3": "''＝戊"})
    file = tmp_path / f"registry.{written_as}"
    with open_list(house, "trial", ListCode.REGISTRY, now=NOW, phones=True) as table, file.open("wb") as out:
        write_table(table, out, written_as, language, marked=True)
    before = dump(house.engine)
    if written_as is FileFormat.XLSX:
        file = saved_again(file, tmp_path / "office")
    imported = import_registry(house, read_file(house, file), actor="test", now=NOW)
    assert (imported.new, imported.changed, imported.unchanged, imported.rejected) == (0, 0, 6, ())
    assert dump(house.engine) == before


def rename(house: House, names: Mapping[str, str]) -> None:
    with transaction(house.engine) as session:
        for branch in session.exec(select(Branch).where(col(Branch.code).in_(names))):
            branch.name = names[branch.code]
            branch.phone = house.seal.close(read_number("+86 312 555-0101"))


def test_progress_counts_each_unit_in_each_task(house: House) -> None:
    rows = read(house, ListCode.PROGRESS)
    assert [only(row, "unit_code", "wave", "task", "total", "done", "overdue", "completeness") for row in rows] == [
        ("U1", "pilot", "survey", 3, 1, 2, pytest.approx(1 / 3)),
        ("U1", "pilot", "training", 3, 0, 0, 0),
        ("U2", "main", "survey", 3, 0, 0, 0),
        ("U2", "main", "training", 3, 0, 0, 0),
    ]
    assert [row["timeliness"] for row in rows] == [pytest.approx(1 / 3), None, None, None]


def test_progress_of_branches_alone_counts_their_own_work(house: House) -> None:
    rows = read(house, ListCode.PROGRESS, scope=Scope(branch=1))
    assert [only(row, "task", "total", "done") for row in rows] == [("survey", 1, 1), ("training", 1, 0)]


def test_what_is_overdue_is_listed_with_whom_to_call(house: House) -> None:
    set_phone(house, "OU1-2", "13800138000", actor="test", now=NOW)
    late, other = read(house, ListCode.OVERDUE, phones=True)
    assert only(late, "branch_code", "task", "last_day", "days_late", "officer_code", "officer_phone") == (
        "U1-2",
        "survey",
        date(2009, 9, 14),
        2,
        "OU1-2",
        "13800138000",
    )
    assert other["branch_code"] == "U1-3"
    assert "officer_phone" not in read(house, ListCode.OVERDUE)[0], "numbers are for those who may call"


def test_all_work_is_listed_with_its_figures(house: House) -> None:
    rows = read(house, ListCode.ASSIGNMENTS)
    assert len(rows) == 12
    (done,) = [row for row in rows if row["status"] is AssignmentStatus.DONE]
    wanted = ("branch_code", "stage", "task", "done_by", "note", "is_late", "figure_members", "figure_spent")
    assert only(done, *wanted) == ("U1-1", "mobilization", "survey", "li", "=A1", False, 12, pytest.approx(3.5))
    assert [row["branch_code"] for row in rows if row["is_late"]] == ["U1-2", "U1-3"]


def test_problems_and_notices_are_listed(house: House) -> None:
    add_problems(house, "trial", [Finding("U1-1", "no room", NOW, "li", "wang", date(2009, 9, 18))])
    (problem,) = read(house, ListCode.PROBLEMS, now=at("2009-09-20 10:00"))
    assert only(problem, "number", "branch_code", "title", "owner", "last_day", "is_late") == (
        1,
        "U1-1",
        "no room",
        "wang",
        date(2009, 9, 18),
        True,
    )
    days = {"sends_from": at("2009-09-15 08:30"), "sends_until": at("2009-09-15 18:00")}
    for officer, branch in (("OU1-1", "U1-1"), ("OU2-1", "U2-1")):
        a_notice(house, officer, [About(branch)], **days)
    assert [row["officer_code"] for row in read(house, ListCode.NOTICES)] == ["OU2-1", "OU1-1"]
    assert [row["officer_code"] for row in read(house, ListCode.NOTICES, unit="U1")] == ["OU1-1"]


@pytest.mark.parametrize("ledger", list(LedgerCode))
def test_every_ledger_is_a_list(house: House, ledger: LedgerCode) -> None:
    enter(house, "trial", [an_entry(ledger)], actor="li", now=NOW)
    (row,) = read(house, ledger)
    assert only(row, "number", "unit_name", "day", "recorded_by") == (1, "第1区", date(2009, 9, 10), "li")


@pytest.mark.parametrize("what", [*ListCode, *LedgerCode])
@pytest.mark.parametrize("language", list(Language))
def test_no_two_columns_of_a_list_have_the_same_name(
    house: House, what: ListCode | LedgerCode, language: Language
) -> None:
    with open_list(house, "trial", what, now=NOW, phones=True) as table:
        names = [column.title.of(language) for column in table.columns]
    assert len({*names}) == len(names)


@pytest.mark.parametrize("what", [*ListCode, *LedgerCode])
def test_nobody_takes_away_what_lies_outside_their_scope(house: House, what: ListCode | LedgerCode) -> None:
    if isinstance(what, LedgerCode):
        enter(house, "trial", [an_entry(what)], actor="li", now=NOW)
    add_problems(house, "trial", [Finding("U1-1", "no room", NOW, "li")])
    for officer, branch in (("OU1-1", "U1-1"), ("OU2-1", "U2-1")):
        a_notice(house, officer, [About(branch)], sends_from=NOW, sends_until=at("2009-09-16 18:00"))
    other = Scope(path="/R/U2/")
    told = " ".join(str(value) for row in read(house, what, scope=other) for value in row.values())
    assert "U1" not in told
    assert "第1区" not in told
    with pytest.raises(Unknown, match="unit U1"):
        read(house, what, scope=other, unit="U1")


@pytest.mark.parametrize("what", [*ListCode, *LedgerCode])
def test_a_list_of_an_unknown_campaign_or_unit_is_refused(house: House, what: ListCode | LedgerCode) -> None:
    with pytest.raises(Unknown, match="unit U9"):
        read(house, what, unit="U9")
    with pytest.raises(Unknown, match="campaign other"), open_list(house, "other", what, now=NOW):
        pass

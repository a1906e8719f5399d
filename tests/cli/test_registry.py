from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall, count, dump_of
from tests.factories import HEADER, registry_row, registry_rows
from tests.sheets.offices import HEAD, ROWS, book, save_xlsx


def saved(folder: Path, *rows: str) -> Path:
    file = folder / "branches.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return file


def test_an_import_counts_branches_and_the_same_file_again_changes_nothing(
    rollcall: Rollcall, home: Path, tmp_path: Path
) -> None:
    file = saved(tmp_path, *registry_rows(units=2, branches=3))
    answered = rollcall("registry", "import", file, "--yes", "--json").json
    told = {name: answered[name] for name in ("imported", "new", "changed", "unchanged", "missing", "rejected")}
    assert told == {"imported": True, "new": 6, "changed": 0, "unchanged": 0, "missing": 0, "rejected": []}
    assert count(home, "SELECT count(*) FROM branch") == 6
    before = dump_of(home)
    again = rollcall("registry", "import", file, "--yes", "--json").json
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 6)
    assert rollcall("registry", "import", file).out.splitlines()[-1] == "nothing to write"
    assert dump_of(home) == before


def test_an_import_says_what_it_would_change_and_then_that_it_was_done(
    rollcall: Rollcall, registered: Path, tmp_path: Path
) -> None:
    file = saved(tmp_path, registry_row(1, 9), registry_row(1, 1).replace("企业", "新企业"))
    answered = rollcall("registry", "import", file, "--yes")
    assert (answered.status, answered.out.splitlines()) == (
        0,
        [
            "1 branches new, 1 changed, 0 unchanged",
            "  U1-1 新企业U1-1支部: name 企业U1-1支部 -> 新企业U1-1支部",
            "0 units new, 0 changed",
            "1 officers new, 0 renamed, 1 addresses",
            "5 active branches not in the file, left as they are: U1-2, U1-3, U2-1, U2-2, U2-3",
            "imported",
        ],
    )


def test_facts_for_programs_name_each_detail_that_changes(rollcall: Rollcall, registered: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, registry_row(2, 1, code="U1-1"), registry_row(1, 2).replace(",100,", ",120,"))
    answered = rollcall("registry", "import", file, "--check", "--json").json
    assert answered["imported"] is False
    assert answered["changes"] == [
        {
            "branch": "U1-1",
            "name": "企业U1-1支部",
            "before": {"unit": "U1"},
            "after": {"unit": "U2"},
        },
        {"branch": "U1-2", "name": "企业U1-2支部", "before": {"employees": 100}, "after": {"employees": 120}},
    ]
    assert (answered["missing"], answered["first_missing"]) == (4, ["U1-3", "U2-1", "U2-2", "U2-3"])


def test_nothing_is_written_where_nobody_can_be_asked(rollcall: Rollcall, home: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, *registry_rows(units=1, branches=2))
    before = rollcall("registry", "import", file, "--check").out
    answered = rollcall("registry", "import", file)
    assert (answered.status, answered.out) == (1, before)
    assert answered.complaint == (
        "nothing was written, for nobody can be asked; add --yes to import it, --check to look"
    )
    assert count(home, "SELECT count(*) FROM branch") == 0


@pytest.mark.parametrize("options", [("--json",), ("--check", "--yes")])
def test_options_that_do_not_go_together_are_refused(
    rollcall: Rollcall, home: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    assert rollcall("registry", "import", saved(tmp_path, registry_row(1, 1)), *options).status == 2


def test_columns_that_nobody_knows_are_named(rollcall: Rollcall, home: Path, tmp_path: Path) -> None:
    file = save_xlsx(tmp_path / "名册.xlsx", book(*((*row, 1, 2) for row in ROWS), head=(*HEAD, "颜色", "联络人手机")))
    answered = rollcall("registry", "import", file, "--yes")
    assert "columns not taken: 名册!I1 颜色, 名册!J1 联络人手机" in answered.out.splitlines()
    assert count(home, "SELECT count(*) FROM branch") == 3


def test_every_rejected_cell_has_a_line(rollcall: Rollcall, registered: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, registry_row(1, 8).replace(",18,", ",x,"), registry_row(1, 9).replace(",19,", ",-1,"))
    answered = rollcall("registry", "import", file)
    assert (answered.status, answered.out) == (1, "")
    assert [line.split(": ")[:2] for line in answered.err.splitlines()] == [
        [f"{file}:2", "members"],
        [f"{file}:3", "members"],
    ]


def test_a_newcomer_joins_the_campaign_that_runs(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, registry_row(1, 9))
    assert rollcall("registry", "import", file, "--yes", "--at", "2009-09-16T09:00+08:00").status == 0
    (survey, _) = rollcall("task", "list", "--campaign", "trial", "--branch", "U1-9", "--json").json
    assert survey["due"] == "2009-09-23T16:00:00Z"


def test_a_check_says_what_would_change_and_writes_nothing(
    rollcall: Rollcall, registered: Path, tmp_path: Path
) -> None:
    moved = registry_row(2, 1, code="U1-1")
    closed = registry_row(1, 2, status="dissolved")
    file = saved(tmp_path, registry_row(1, 9), moved, closed, registry_row(2, 1))
    before = dump_of(registered)
    answered = rollcall("registry", "import", file, "--check")
    assert (answered.status, answered.out.splitlines()) == (
        0,
        [
            "1 branches new, 2 changed (1 moved, 1 closed), 1 unchanged",
            "  U1-1 企业U1-1支部: unit U1 -> U2",
            "  U1-2 企业U1-2支部: status active -> dissolved",
            "moved: U1-1",
            "closed: U1-2",
            "0 units new, 0 changed",
            "1 officers new, 0 renamed, 1 addresses",
            "3 active branches not in the file, left as they are: U1-3, U2-2, U2-3",
        ],
    )
    in_json = rollcall("registry", "import", file, "--check", "--json").json
    assert (in_json["moved"], in_json["closed"], in_json["rejected"]) == (["U1-1"], ["U1-2"], [])
    assert dump_of(registered) == before


def test_a_workbook_is_told_by_its_cells_and_its_rejected_rows_may_be_skipped(
    rollcall: Rollcall, home: Path, tmp_path: Path
) -> None:
    file = save_xlsx(tmp_path / "名册.xlsx", book(*ROWS, (*ROWS[1][:4], "x", "某企业", "三", 1)))
    refused = rollcall("registry", "import", file)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith(f'{file}:名册!G6: members: "三" not a whole number')
    skipping = rollcall("registry", "import", file, "--skip-rejected", "--yes", "--json").json
    assert (skipping["new"], skipping["skipped"]) == (3, 1)
    assert [(cell["sheet"], cell["cell"]) for cell in skipping["rejected"]] == [("名册", "G6")]
    assert count(home, "SELECT count(*) FROM branch") == 3


def test_open_work_may_stay_behind_waived(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, registry_row(2, 1, code="U1-1"))
    at = ("--at", "2009-09-16T09:00+08:00")
    assert rollcall("registry", "import", file, "--yes", "--open-work", "waive", *at).status == 0
    tasks = rollcall("task", "list", "--campaign", "trial", "--branch", "U1-1", "--json").json
    assert {task["status"] for task in tasks} == {"waived"}

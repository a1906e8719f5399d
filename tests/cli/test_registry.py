from pathlib import Path

from tests.cli.terminal import Rollcall, count, dump_of
from tests.factories import HEADER, registry_row, registry_rows
from tests.sheets.offices import ROWS, book, save_xlsx


def saved(folder: Path, *rows: str) -> Path:
    file = folder / "branches.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return file


def test_an_import_counts_branches_and_the_same_file_again_changes_nothing(
    rollcall: Rollcall, home: Path, tmp_path: Path
) -> None:
    file = saved(tmp_path, *registry_rows(units=2, branches=3))
    answered = rollcall("registry", "import", file, "--json").json
    assert answered == {"new": 6, "changed": 0, "moved": 0, "closed": 0, "unchanged": 0, "skipped": 0, "rejected": []}
    assert list(answered) == ["new", "changed", "moved", "closed", "unchanged", "skipped", "rejected"]
    assert count(home, "SELECT count(*) FROM branch") == 6
    before = dump_of(home)
    again = rollcall("registry", "import", file, "--json").json
    assert again == answered | {"new": 0, "unchanged": 6}
    assert dump_of(home) == before


def test_an_import_says_what_it_did(rollcall: Rollcall, registered: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, registry_row(1, 9), registry_row(1, 1).replace("企业", "新企业"))
    answered = rollcall("registry", "import", file)
    assert (answered.status, answered.out) == (0, "1 branches new, 1 changed, 0 unchanged\n")


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
    assert rollcall("registry", "import", file, "--at", "2009-09-16T09:00+08:00").status == 0
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
            "moved: U1-1",
            "closed: U1-2",
            "0 units new, 0 changed",
            "1 officers new, 0 renamed, 1 addresses",
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
    skipping = rollcall("registry", "import", file, "--skip-rejected", "--json").json
    assert (skipping["new"], skipping["skipped"]) == (3, 1)
    assert [(cell["sheet"], cell["cell"]) for cell in skipping["rejected"]] == [("名册", "G6")]
    assert count(home, "SELECT count(*) FROM branch") == 3


def test_open_work_may_stay_behind_waived(rollcall: Rollcall, at_work: Path, tmp_path: Path) -> None:
    file = saved(tmp_path, registry_row(2, 1, code="U1-1"))
    at = ("--at", "2009-09-16T09:00+08:00")
    assert rollcall("registry", "import", file, "--open-work", "waive", *at).status == 0
    tasks = rollcall("task", "list", "--campaign", "trial", "--branch", "U1-1", "--json").json
    assert {task["status"] for task in tasks} == {"waived"}

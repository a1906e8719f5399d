from pathlib import Path

from tests.cli.terminal import Rollcall, count, dump_of
from tests.factories import HEADER, registry_row, registry_rows


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

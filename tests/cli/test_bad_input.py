"""Bad input: one clear line that says what and where, the exit status, and the database as it was."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall, dump_of
from tests.factories import CAMPAIGN, HEADER, registry_row

COULD_NOT, BAD_CALL = 1, 2

SPOILED_CAMPAIGNS = [
    pytest.param("calendar: CN", "calendar: CN\ncolour: red", ":5: colour: ", "unknown key", id="unknown-key"),
    pytest.param(
        "opens: after mobilization", "opens: after study", ":17: stages[1].opens: ", "waits for itself", id="own-stage"
    ),
    pytest.param("done: 95%", "done: 120%", ":12: stages[0].gate.done: ", "more than 100%", id="gate-over-100"),
    pytest.param(
        "due: 5 workdays before close",
        "due: 40 workdays before close",
        ":21: stages[1].tasks[0].due: ",
        "before the window opens",
        id="due-before-opening",
    ),
    pytest.param(
        "due: 5 workdays after open",
        "due: 40 workdays after open",
        ":14: stages[0].tasks[0].due: ",
        "after its planned close",
        id="due-after-close",
    ),
    pytest.param(
        "stages:\n  - code: mobilization",
        "reminders:\n  rungs:\n    - {at: due, to: [boss]}\nstages:\n  - code: mobilization",
        ":10: reminders.rungs[0].to[0]: ",
        "boss",
        id="unknown-role",
    ),
    pytest.param("units: [U1]", "units: [U9]", ":6: waves[0].units[0]: ", "not in the registry", id="unknown-unit"),
    pytest.param("code: trial", "code: [", ":", "", id="no-yaml"),
]


@pytest.mark.parametrize("command", ["check", "launch"])
@pytest.mark.parametrize(("old", "new", "place", "said"), SPOILED_CAMPAIGNS)
def test_a_campaign_file_with_a_fault(
    rollcall: Rollcall, registered: Path, tmp_path: Path, command: str, old: str, new: str, place: str, said: str
) -> None:
    file = tmp_path / "trial.yaml"
    file.write_text(CAMPAIGN.replace(old, new, 1), encoding="utf-8")
    before = dump_of(registered)
    answered = rollcall("campaign", command, file)
    assert answered.status == COULD_NOT
    assert answered.out == ""
    assert answered.complaint.startswith(f"{file}{place}")
    assert said in answered.complaint
    assert dump_of(registered) == before


GOOD_ROW = registry_row(1, 9)

SPOILED_REGISTRIES = [
    pytest.param([GOOD_ROW, registry_row(2, 8, code="U1-9")], ":3: branch_code: ", "U1-9", id="duplicate-code"),
    pytest.param(["U8,区,NOWHERE,county,U8-1,甲,1,1,,,"], ":2: parent_code: ", "NOWHERE", id="unknown-unit"),
    pytest.param([GOOD_ROW.replace(",19,", ",-4,")], ":2: members: ", "-4", id="negative-count"),
    pytest.param([GOOD_ROW.replace(",19,", ",many,")], ":2: members: ", "many", id="count-in-words"),
]


@pytest.mark.parametrize(("rows", "place", "said"), SPOILED_REGISTRIES)
def test_a_registry_with_a_row_that_cannot_be_taken(
    rollcall: Rollcall, registered: Path, tmp_path: Path, rows: Sequence[str], place: str, said: str
) -> None:
    file = tmp_path / "registry.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    before = dump_of(registered)
    answered = rollcall("registry", "import", file)
    assert answered.status == COULD_NOT
    assert answered.complaint.startswith(f"{file}{place}")
    assert said in answered.complaint
    in_json = rollcall("registry", "import", file, "--yes", "--json")
    assert in_json.status == COULD_NOT
    assert in_json.err == ""
    (rejected,) = in_json.json["rejected"]
    assert list(rejected) == ["line", "column", "value", "reason", "sheet", "cell"]
    assert rejected["column"] in place
    assert dump_of(registered) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(HEADER.encode(), "no rows", id="header-alone"),
        pytest.param(b"PK\x03\x04", "is damaged", id="workbook"),
        pytest.param(HEADER.encode() + b"\n\xff\xff\xff", "not text", id="no-text"),
        pytest.param(HEADER.replace("members", "colour").encode() + b"\n1,red\n", "colour", id="unknown-column"),
        pytest.param(None, "cannot be read", id="no-file"),
    ],
)
def test_a_registry_file_that_cannot_be_read(
    rollcall: Rollcall, registered: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "registry.csv"
    if content is not None:
        file.write_bytes(content)
    before = dump_of(registered)
    answered = rollcall("registry", "import", file)
    assert answered.status == COULD_NOT
    assert answered.complaint.startswith(str(file))
    assert said in answered.complaint
    assert dump_of(registered) == before


def test_a_registry_in_gb18030_simply_works(rollcall: Rollcall, registered: Path, tmp_path: Path) -> None:
    file = tmp_path / "registry.csv"
    file.write_text("\n".join([HEADER, GOOD_ROW]), encoding="gb18030")
    answered = rollcall("registry", "import", file, "--yes", "--json").json
    assert (answered["imported"], answered["new"], answered["changed"], answered["rejected"]) == (True, 1, 0, [])


ON_TRIAL = ("--campaign", "trial")
SURVEY = (*ON_TRIAL, "--branch", "U1-1", "--task", "survey")
MORNING = ("--at", "2009-09-15T09:00+08:00")

UNKNOWN = [
    pytest.param(["campaign", "status", "nosuch"], "campaign nosuch: not launched here", id="status-campaign"),
    pytest.param(["campaign", "check", "nosuch"], 'campaign "nosuch": there is no such file', id="check-file"),
    pytest.param(["campaign", "launch", "no/such.yaml"], "no/such.yaml: ", id="launch-file"),
    pytest.param(["task", "list", *ON_TRIAL, "--branch", "X"], "branch X: not in the registry", id="list-branch"),
    pytest.param(
        ["task", "done", *ON_TRIAL, "--branch", "X", "--task", "survey"], "branch X: not in the registry", id="branch"
    ),
    pytest.param(
        ["task", "done", *ON_TRIAL, "--branch", "U1-1", "--task", "x"], "task x: not in campaign trial", id="task"
    ),
    pytest.param(
        ["task", "done", *ON_TRIAL, "--branch", "U1-1", "--task", "lecture"],
        "study/pilot is not open yet",
        id="too-early",
    ),
    pytest.param(["task", "done", *SURVEY], "needs the figures members", id="figure-missing"),
    pytest.param(["task", "done", *SURVEY, "--figures", "members=1,x=2"], "no figure x", id="figure-unknown"),
    pytest.param(["task", "done", *SURVEY, "--figures", "members=-1"], "under the least allowed", id="figure-negative"),
    pytest.param(["task", "done", *SURVEY, "--figures", "members=1.5"], "not a whole number", id="figure-fraction"),
    pytest.param(["task", "done", *SURVEY, "--figures", f"members={'9' * 24}"], "too large", id="figure-too-large"),
    pytest.param(
        ["extend", *ON_TRIAL, "--unit", "X", "--until", "2009-09-30", "--reason", "r"], "unit X: not in", id="unit"
    ),
    pytest.param(
        ["extend", *ON_TRIAL, "--branch", "U1-1", "--until", "2009-09-01", "--reason", "r", *MORNING],
        "no open deadline",
        id="extension-into-the-past",
    ),
    pytest.param(
        ["extend", *ON_TRIAL, "--unit", "R", "--wave", "x", "--until", "2009-09-30", "--reason", "r"],
        "wave x: not in campaign trial; it has: pilot, main",
        id="wave",
    ),
    pytest.param(["gate", "approve", *ON_TRIAL, "--window", "x/pilot"], "stage x: not in campaign", id="stage"),
    pytest.param(["gate", "approve", *ON_TRIAL, "--window", "study/x"], "study/pilot, study/main", id="window"),
    pytest.param(["gate", "approve", *ON_TRIAL, "--window", "mobilization/main"], "asks for no approval", id="gate"),
    pytest.param(["gate", "approve", *ON_TRIAL, "--window", "analysis/main"], "is not open yet", id="gate-too-early"),
    pytest.param(["problem", "solve", *ON_TRIAL, "7"], "problem 7: not in campaign trial", id="problem"),
    pytest.param(["problem", "none", *ON_TRIAL, "--branch", "X"], "branch X: not in the registry", id="none-branch"),
    pytest.param(["problem", "list", *ON_TRIAL, "--branch", "X"], "branch X: not in the registry", id="problem-branch"),
    pytest.param(["notices", "show", "7"], "notice 7: there is none", id="notice"),
    pytest.param(["notices", "retry", "7"], "notice 7: there is none", id="retry"),
    pytest.param(["notices", "list", "--officer", "X"], "officer X: unknown", id="officer"),
    pytest.param(["notices", "list", "--campaign", "X"], "campaign X: not launched here", id="notices-campaign"),
    pytest.param(["officer", "list", "--unit", "X"], "unit X: not in the registry", id="officers-unit"),
    pytest.param(["officer", "hand-over", "OU1-1", "X"], "officer X: unknown", id="hand-over"),
    pytest.param(["officer", "back", "X"], "officer X: unknown", id="back"),
    pytest.param(
        ["officer", "away", "OU1-1", "--deputy", "OU1-1", "--from", "2009-09-28"], "one's own deputy", id="own-deputy"
    ),
    pytest.param(["silence", "lift", "7"], "silence 7: there is none", id="lift"),
    pytest.param(
        ["silence", "add", "--unit", "X", "--until", "2009-09-30", "--reason", "r", *MORNING],
        "unit X: not in",
        id="silence-unit",
    ),
    pytest.param(
        ["silence", "add", "--unit", "U1", "--until", "2009-09-01", "--reason", "r", *MORNING],
        "is not after its beginning",
        id="silence-into-the-past",
    ),
    pytest.param(
        ["officer", "add", "OU1-1", "--name", "n", "--role", "group", "--unit", "U1"], "officer OU1-1: ", id="taken"
    ),
    pytest.param(["officer", "add", "N", "--name", "n", "--role", "group"], "say which", id="group-without-unit"),
    pytest.param(
        ["officer", "add", "N", "--name", "n", "--role", "liaison", "--channel", "nosuch://secret"],
        "channel nosuch://…: no such service",
        id="service",
    ),
]


@pytest.mark.parametrize(("arguments", "said"), UNKNOWN)
def test_what_is_not_there_or_cannot_be_done(
    rollcall: Rollcall, at_work: Path, arguments: Sequence[str], said: str
) -> None:
    before = dump_of(at_work)
    answered = rollcall(*arguments)
    assert answered.status == COULD_NOT
    assert answered.out == ""
    assert said in answered.complaint
    assert dump_of(at_work) == before


BAD_CALLS = [
    pytest.param(["patrol", "--at", "2009-09-15T09:00"], "--at", "has no zone", id="no-zone"),
    pytest.param(
        ["campaign", "status", "trial", "--at", "2009-09-15T09:00"], "--at", "has no zone", id="status-no-zone"
    ),
    pytest.param(["patrol", "--at", "soon"], "--at", "is not an instant", id="no-instant"),
    pytest.param(["task", "list", *ON_TRIAL], "--branch", "Missing option", id="option-missing"),
    pytest.param(["task", "list", *ON_TRIAL, "--colour", "red"], "--colour", "No such option", id="unknown-option"),
    pytest.param(["task", "done", *SURVEY, "--figures", "members"], "members", "is not a figure", id="no-figure"),
    pytest.param(["task", "waive", *SURVEY, "--reason", " "], "--reason", "says nothing", id="empty-reason"),
    pytest.param(["officer", "list", "--role", "boss"], "--role", "boss", id="unknown-role"),
    pytest.param(
        ["officer", "add", "N", "--name", "n", "--role", "liaison", "--timezone", "Mars/North"],
        "--timezone",
        "is not a time zone",
        id="no-such-zone",
    ),
    pytest.param(["officer", "add", "N", "--name", "\udce4", "--role", "group"], "--name", "stored", id="no-text"),
    pytest.param(["problem", "solve", *ON_TRIAL, "first"], "NUMBER", "is not a number", id="number-in-words"),
    pytest.param(["problem", "assign", *ON_TRIAL, "1"], "--owner", "--due", id="nothing-to-assign"),
    pytest.param(
        ["problem", "add", *ON_TRIAL, "--branch", "U1-1", "--title", "t", "--due", "2009-02-30"],
        "--due",
        "is not a day",
        id="no-such-day",
    ),
    pytest.param(
        ["extend", *ON_TRIAL, "--until", "2009-09-30", "--reason", "r"], "--branch", "--unit", id="extend-for-nobody"
    ),
    pytest.param(
        ["extend", *ON_TRIAL, "--branch", "U1-1", "--unit", "U1", "--until", "2009-09-30", "--reason", "r"],
        "--branch",
        "--unit",
        id="extend-for-two",
    ),
    pytest.param(
        ["silence", "add", "--until", "2009-09-30", "--reason", "r"], "--branch", "--unit", id="silence-for-nobody"
    ),
    pytest.param(
        ["silence", "add", "-u", "U1", "--until", "soon", "--reason", "r"], "--until", "is not a day", id="no-moment"
    ),
    pytest.param(
        ["silence", "add", "-u", "U1", "--until", "9999-12-31", "--reason", "r"],
        "--until",
        "is not a day between 1970 and 2199",
        id="past-all",
    ),
    pytest.param(
        ["silence", "add", "-u", "U1", "--until", "2009-09-30T18:00", "--reason", "r"],
        "--until",
        "has no zone",
        id="moment-without-zone",
    ),
    pytest.param(["notices", "list", "--limit", "0"], "--limit", "is not a number from 1 on", id="limit-of-nought"),
    pytest.param(["task"], "rollcall task", "Missing command", id="no-command"),
    pytest.param(["nosuch"], "nosuch", "No such command", id="unknown-command"),
]


@pytest.mark.parametrize(("arguments", "where", "what"), BAD_CALLS)
def test_a_bad_call(rollcall: Rollcall, at_work: Path, arguments: Sequence[str], where: str, what: str) -> None:
    before = dump_of(at_work)
    answered = rollcall(*arguments)
    assert answered.status == BAD_CALL
    assert answered.out == ""
    assert answered.complaint.startswith("rollcall")
    assert where in answered.complaint
    assert what in answered.complaint
    assert dump_of(at_work) == before


def test_a_home_that_is_a_file(rollcall: Rollcall, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    answered = rollcall("campaign", "list", "--home", file)
    assert answered.status == COULD_NOT
    assert str(file) in answered.complaint
    assert file.read_text() == "precious"


def test_a_home_that_cannot_be_made(rollcall: Rollcall, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious")
    home = tmp_path / "file" / "home"
    answered = rollcall("campaign", "list", "--home", home)
    assert answered.status == COULD_NOT
    assert str(home) in answered.complaint


def test_a_database_that_is_none(rollcall: Rollcall, home: Path) -> None:
    home.mkdir()
    (home / "rollcall.db").write_bytes(b"this is no database, though it is long enough to be taken for one" * 20)
    answered = rollcall("campaign", "list")
    assert answered.status == COULD_NOT
    assert "not a database" in answered.complaint


@pytest.mark.parametrize("arguments", [["campaign", "list"], ["db", "upgrade"], ["patrol"]], ids=" ".join)
def test_a_database_of_a_newer_version(rollcall: Rollcall, at_work: Path, arguments: Sequence[str]) -> None:
    with closing(sqlite3.connect(at_work / "rollcall.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = dump_of(at_work)
    answered = rollcall(*arguments)
    assert answered.status == COULD_NOT
    assert "newer version (schema 9999)" in answered.complaint
    assert dump_of(at_work) == before


def test_a_setting_that_makes_no_sense(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_LANGUAGE", "fr")
    answered = rollcall("campaign", "list")
    assert answered.status == COULD_NOT
    assert answered.complaint.startswith("ROLLCALL_LANGUAGE: ")

"""Every table fits 80 columns, in both languages."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.terminal import Rollcall

LATE = ("--at", "2009-09-25T09:00+08:00")
LONG = "一个名字很长而且还在继续变长的企业里的支部所提出的问题" * 3


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["campaign", "list"], id="campaigns"),
        pytest.param(["campaign", "status", "trial", *LATE], id="status"),
        pytest.param(["campaign", "check", "data-protection-audit"], id="plan"),
        pytest.param(["task", "list", "-c", "trial", "-b", "U1-1", *LATE], id="tasks"),
        pytest.param(["problem", "list", "-c", "trial", *LATE], id="problems"),
        pytest.param(["notices", "list"], id="notices"),
        pytest.param(["notices", "show", "1"], id="notice"),
        pytest.param(["officer", "list", *LATE], id="officers"),
        pytest.param(["silence", "list", *LATE], id="silences"),
        pytest.param(["patrol", *LATE], id="patrol"),
    ],
)
def test_a_table_fits_80_columns(
    rollcall: Rollcall, at_work: Path, monkeypatch: pytest.MonkeyPatch, language: str, arguments: Sequence[str]
) -> None:
    assert rollcall("patrol", *LATE).status == 0
    answer = ("-c", "trial", "-b", "U1-1", "-t", "survey", "-f", "members=123456789012", "--by", "x" * 60, *LATE)
    assert rollcall("task", "done", *answer).status == 0
    problem = ("-c", "trial", "-b", "U1-1", "--title", LONG, "--owner", LONG, "--due", "2009-12-18", *LATE)
    assert rollcall("problem", "add", *problem).status == 0
    assert rollcall("officer", "add", "N", "--name", LONG, "--role", "coordinator").status == 0
    away = ("--deputy", "N", "--from", "2009-09-28", "--until", "2009-10-09", *LATE)
    assert rollcall("officer", "away", "OU1-1", *away).status == 0
    assert rollcall("silence", "add", "--unit", "U1", "--until", "2009-10-09", "--reason", LONG, *LATE).status == 0
    monkeypatch.setenv("ROLLCALL_LANGUAGE", language)
    answered = rollcall(*arguments)
    assert answered.status == 0
    too_wide = [line for line in answered.out.splitlines() if cell_len(line) > 80]
    assert not too_wide
    assert "…" not in answered.out  # folded, never cut
    assert answered.err == ""

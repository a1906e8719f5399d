"""What commands say of what they did, in the language of the settings."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall
from tests.factories import registry_file, registry_row

TRIAL, BRANCH = ("--campaign", "trial"), ("--campaign", "trial", "--branch", "U1-1")
NOW = ("--at", "2009-09-11T09:00+08:00")
CODES = re.compile(r"[a-z]+/[a-z]+|trial|folder|\d+ workdays before due")
"""What stays as it is written in files and typed: codes, services, and the rungs of a campaign's ladder."""
ENGLISH = re.compile(r"[A-Za-z]{3,}")


TOLD = [
    (["task", "done", *BRANCH, "--task", "survey", "-f", "members=12"], "U1-1 mobilization/survey：已办结"),
    (["task", "waive", *BRANCH, "--task", "survey", "--reason", "x"], "U1-1 survey：已免办"),
    (["task", "reopen", *BRANCH, "--task", "survey", "--reason", "x"], "U1-1 survey：本来就未办结，没有改动"),
    (
        ["extend", *BRANCH, "--until", "2009-09-30", "--reason", "x"],
        "U1-1：已延期至 2009-09-30；顺延 2 项期限，通知 1 人",
    ),
    (["problem", "add", *BRANCH, "--title", "无场地"], "问题 1 已登记（U1-1）"),
    (["problem", "none", *BRANCH], "U1-1：没有问题，已记录"),
    (
        ["ledger", "visit", *TRIAL, "branch=U1-1", "day=2009-09-10", "way=files", "persons=2", "--problem", "漏水"],
        "指导走访 1：已登记，并登记问题 1",
    ),
    (
        ["silence", "add", "--unit", "U1", "--until", "2009-10-09", "--reason", "x"],
        "静默 1：截至 2009-10-09，不就 U1 发送提醒",
    ),
    (["officer", "back", "OU1-1"], "人员 OU1-1：并未外出"),
    (["officer", "hand-over", "OU1-1", "OU1-2"], "1 个支部已由 OU1-1 移交给 OU1-2"),
    (["channel", "disable", "1", "--reason", "x"], "渠道 1：已停用"),
    (["deliver"], "已发送 3，待重试 0，待人工处理 0，发送失败 0，已撤销 0"),
    (["campaign", "pace", "trial"], "活动 trial：没有进行中的学习窗口"),
    (["db", "sweep"], "已删除 0 个文件"),
]


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize(("arguments", "said"), TOLD, ids=[" ".join(arguments[:2]) for arguments, _ in TOLD])
def test_what_was_done_is_said_in_chinese(
    rollcall: Rollcall, at_work: Path, arguments: Sequence[str], said: str
) -> None:
    answered = rollcall(*arguments, *NOW)
    assert (answered.status, answered.out, answered.err) == (0, f"{said}\n", "")


@pytest.mark.usefixtures("in_chinese")
@pytest.mark.parametrize(
    "arguments",
    [
        ["campaign", "list"],
        ["campaign", "status", "trial", *NOW],
        ["task", "list", *BRANCH, *NOW],
        ["notices", "list"],
        ["notices", "show", "1"],
        ["officer", "list", *NOW],
        ["problem", "list", *TRIAL, *NOW],
        ["silence", "list", *NOW],
        ["ledger", "targets", *TRIAL, *NOW],
        ["patrol", *NOW],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_nothing_in_a_table_is_left_in_english(rollcall: Rollcall, at_work: Path, arguments: Sequence[str]) -> None:
    assert rollcall("patrol", *NOW).status == 0
    answered = rollcall(*arguments)
    assert answered.status == 0
    assert ENGLISH.findall(CODES.sub("", answered.out)) == []


@pytest.mark.usefixtures("in_chinese")
def test_what_a_registry_would_change_is_said_in_chinese(rollcall: Rollcall, registered: Path, tmp_path: Path) -> None:
    rows = [registry_row(2, 1, code="U1-1"), registry_row(3, 7)]
    answered = rollcall("registry", "import", registry_file(tmp_path, rows), "--check")
    assert answered.status == 0
    assert "支部：新增 1，变更 1（转移 1，终止 0），不变 0" in answered.out
    assert "单位 U1 -> U2" in answered.out
    assert ENGLISH.findall(CODES.sub("", answered.out)) == []


def test_what_commands_do_is_said_in_english_too(rollcall: Rollcall, at_work: Path) -> None:
    assert rollcall("campaign", "pace", "trial", *NOW).out == "campaign trial: no study window is at work\n"

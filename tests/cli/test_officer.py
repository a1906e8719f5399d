from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall, dump_of

NEW = ("N1", "--name", "组长", "--role", "group", "--unit", "第1区")
SECRET = ("--phone", "13912345678", "--channel", "folder://zu-zhang")


def test_an_officer_is_added_and_listed_without_secrets(rollcall: Rollcall, registered: Path) -> None:
    assert rollcall("officer", "add", *NEW, *SECRET, "--language", "en").status == 0
    assert "13912345678" not in dump_of(registered)
    assert "zu-zhang" not in dump_of(registered)
    answered = rollcall("officer", "list", "--role", "group", "--unit", "U1", "--json")
    *_, added = answered.json
    assert added == {
        "officer": "N1",
        "name": "组长",
        "role": "group",
        "unit": "U1",
        "branches": 0,
        "channels": ["folder"],
        "phone": "…5678",
        "language": "en",
        "timezone": "Asia/Shanghai",
        "away": None,
    }
    table = rollcall("officer", "list").out
    assert "组长 (N1)" in table
    assert "13912345678" not in table + answered.out
    assert "zu-zhang" not in table + answered.out


def test_the_list_of_a_unit_has_those_who_answer_for_its_branches(rollcall: Rollcall, registered: Path) -> None:
    listed = rollcall("officer", "list", "--unit", "U2", "--json").json
    assert [(row["officer"], row["branches"]) for row in listed] == [
        *(("G2", 0), ("OU2-1", 1), ("OU2-2", 1), ("OU2-3", 1)),
    ]


def test_a_code_that_is_taken_is_refused_without_a_secret_in_the_line(rollcall: Rollcall, registered: Path) -> None:
    assert rollcall("officer", "add", *NEW).status == 0
    refused = rollcall("officer", "add", *NEW, *SECRET)
    assert refused.status == 1
    assert "zu-zhang" not in refused.err


AT = ("--at", "2009-09-14T12:00+08:00")
GONE = ("officer", "away", "OU1-1", "--deputy", "OU1-2", "--from", "2009-09-28")


def test_who_is_away_is_listed_with_the_deputy_until_the_return(rollcall: Rollcall, registered: Path) -> None:
    assert rollcall(*GONE, "--until", "2009-10-09", *AT).out == "officer OU1-1: OU1-2 is told instead\n"
    assert "as was said already" in rollcall(*GONE, "--until", "2009-10-09", *AT).out

    def listed() -> object:
        return next(row for row in rollcall("officer", "list", "--json", *AT).json if row["officer"] == "OU1-1")["away"]

    assert listed() == {"first": "2009-09-28", "until": "2009-10-09", "deputy": "OU1-2"}
    assert "(OU1-2)" in rollcall("officer", "list", "--unit", "U1", *AT).out.partition("OU1-1")[2].partition("OU1-2")[2]
    assert rollcall("officer", "back", "OU1-1", *AT).out == "officer OU1-1: is told again\n"
    assert rollcall("officer", "back", "OU1-1", *AT).out == "officer OU1-1: was not away\n"
    assert listed() is None


def test_branches_are_handed_over(rollcall: Rollcall, registered: Path) -> None:
    handed = rollcall("officer", "hand-over", "OU1-1", "OU1-2", *AT)
    assert handed.out == "1 branches handed over from OU1-1 to OU1-2\n"
    rows = {row["officer"]: row["branches"] for row in rollcall("officer", "list", "--json").json}
    assert (rows["OU1-1"], rows["OU1-2"]) == (0, 2)


@pytest.mark.usefixtures("in_chinese")
def test_whom_nothing_reaches_is_listed_apart(rollcall: Rollcall, registered: Path) -> None:
    (channel,) = rollcall("channel", "list", "-o", "OU1-1", "--json").json
    assert rollcall("officer", "list", "--unreached", "--json").json == []
    assert rollcall("channel", "disable", channel["channel"], "--reason", "left", *AT).status == 0
    (listed,) = rollcall("officer", "list", "--unreached", "--json").json
    assert (listed["officer"], listed["channels"]) == ("OU1-1", [])
    assert "无可用渠道" in rollcall("officer", "list", "--unreached").out

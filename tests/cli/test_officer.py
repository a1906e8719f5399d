from pathlib import Path

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

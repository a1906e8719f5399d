from pathlib import Path

from tests.cli.terminal import Rollcall

AT = ("--at", "2009-09-14T12:00+08:00")
FLOOD = ("--reason", "flood", "--by", "李", *AT)


def test_a_silence_is_added_listed_and_lifted(rollcall: Rollcall, registered: Path) -> None:
    first = rollcall("silence", "add", "--unit", "第1区", "--from", "2009-09-15", "--until", "2009-09-16", *FLOOD)
    assert first.out == "silence 1: no reminders about 第1区 until 2009-09-16\n"
    second = ("silence", "add", "-b", "U2-1", "--until", "2009-09-14T18:00+08:00", *FLOOD, "--json")
    assert rollcall(*second).json == {"silence": 2}
    newest, oldest = rollcall("silence", "list", "--json", *AT).json
    assert oldest == {
        "silence": 1,
        "branch": None,
        "unit": "U1",
        "starts": "2009-09-14T16:00:00Z",
        "ends": "2009-09-16T16:00:00Z",
        "reason": "flood",
        "added_at": "2009-09-14T04:00:00Z",
        "added_by": "李",
        "lifted_at": None,
        "lifted_by": None,
        "in_force": False,
    }
    assert (newest["branch"], newest["ends"], newest["in_force"]) == ("U2-1", "2009-09-14T10:00:00Z", True)
    assert rollcall("silence", "lift", "2", *AT).out == "silence 2: lifted\n"
    assert rollcall("silence", "lift", "2", *AT).out == "silence 2: was lifted already\n"
    table = rollcall("silence", "list", *AT).out
    assert "第1区" in table
    assert "2009-09-16" in table, "the last day on which it holds"
    assert "2009-09-17" not in table
    assert "12:00" in table, "when the other one was lifted"


def test_a_silence_that_ends_within_a_day_is_listed_with_the_hour(rollcall: Rollcall, registered: Path) -> None:
    assert rollcall("silence", "add", "-b", "U2-1", "--until", "2009-09-14T18:00+08:00", *FLOOD).status == 0
    assert "18:00" in rollcall("silence", "list", *AT).out

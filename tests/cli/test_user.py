"""`rollcall user`: who may log in. Passwords are never options, and never printed but where they were made."""

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.cli.terminal import Rollcall, count, dump_of

LI = ("user", "add", "Li-Si", "--name", "李四", "--role", "coordinator")
WANG = ("user", "add", "wang", "--name", "王五", "--role", "viewer", "--unit", "第1区")
AT = ("--at", "2009-09-14T12:00+08:00")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let standard input bring a password."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO("一个很长的密码 with spaces\n".encode()), "utf-8"))
    return monkeypatch


def test_a_user_is_added_with_a_password_from_standard_input_and_listed(
    rollcall: Rollcall, registered: Path, typed: pytest.MonkeyPatch
) -> None:
    added = rollcall(*LI, *AT, "--language", "en")
    assert (added.out, added.err) == ("user li-si added\n", "")
    assert "一个很长的密码" not in dump_of(registered)
    assert rollcall(*WANG, "--subject", "w5", *AT).out == "user wang added\n"
    assert rollcall("user", "list", "--json").json == [
        {
            "login": "li-si",
            "name": "李四",
            "role": "coordinator",
            "unit": None,
            "officer": None,
            "language": "en",
            "status": "active",
            "has_password": True,
            "subject": None,
            "added_at": "2009-09-14T04:00:00Z",
            "seen_at": None,
        },
        {
            "login": "wang",
            "name": "王五",
            "role": "viewer",
            "unit": "U1",
            "officer": None,
            "language": None,
            "status": "active",
            "has_password": False,
            "subject": "w5",
            "added_at": "2009-09-14T04:00:00Z",
            "seen_at": None,
        },
    ]
    table = rollcall("user", "list").out
    assert "李四" in table
    assert "第1区" in table


def test_a_password_that_was_made_is_printed_once_and_another_takes_its_place(
    rollcall: Rollcall, registered: Path
) -> None:
    first = rollcall(*LI, "--generate").out.splitlines()[1].removeprefix("password: ")
    second = rollcall("user", "password", "li-si", "--generate").out.splitlines()[1].removeprefix("password: ")
    assert first != second
    assert len(first) == len(second) == 19
    assert first not in dump_of(registered)
    assert second not in dump_of(registered)


def test_access_is_taken_and_given(rollcall: Rollcall, registered: Path) -> None:
    assert rollcall(*LI, "--generate").status == 0
    assert rollcall(*WANG, "--subject", "w5").status == 0
    assert rollcall("user", "disable", "wang").out == "user wang: disabled\n"
    assert rollcall("user", "disable", "wang").out == "user wang: was disabled already\n"
    assert rollcall("user", "enable", "wang").out == "user wang: may log in\n"
    assert rollcall("user", "enable", "wang").out == "user wang: may log in already\n"
    assert "last coordinator of everything" in rollcall("user", "disable", "li-si").complaint
    assert count(registered, "SELECT count(*) FROM event WHERE kind = 'user.changed'") == 2


@pytest.mark.parametrize(
    ("arguments", "standard_input", "status", "complaint"),
    [
        (LI, b"", 2, "no password on standard input"),
        (LI, b"\n", 2, "no password on standard input"),
        (LI, b"\xff\xfe\n", 2, "is not UTF-8"),
        (LI, b"short\n", 1, "from 10 to 200 characters"),
        (LI, b"a\0b" * 9, 1, "cannot be kept"),
        (("user", "password", "nobody"), b"a long password\n", 1, "user nobody: unknown"),
        (("user", "disable", "nobody"), b"", 1, "user nobody: unknown"),
        ((*LI[:2], "李 四", *LI[3:]), b"a long password\n", 1, "use letters"),
        ((*LI, "--officer", "OU1-1"), b"a long password\n", 1, "an officer is named for the role officer alone"),
        ((*LI, "--unit", "X"), b"a long password\n", 1, "unit X: not in the registry"),
        ((*LI[:-1], "group"), b"a long password\n", 1, "a group guides a unit"),
        ((*LI, "--password", "secret"), b"", 2, "No such option"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    rollcall: Rollcall,
    registered: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    standard_input: bytes,
    status: int,
    complaint: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(standard_input), "utf-8"))
    refused = rollcall(*arguments)
    assert (refused.status, refused.out) == (status, "")
    assert complaint in refused.complaint


def test_every_link_of_an_officer_is_revoked(rollcall: Rollcall, registered: Path) -> None:
    assert rollcall("officer", "revoke-links", "OU1-1", *AT).out == "officer OU1-1: every link sent so far is void\n"
    assert count(registered, "SELECT link_epoch FROM officer WHERE code = 'OU1-1'") == 1
    assert count(registered, "SELECT count(*) FROM event WHERE kind = 'links.revoked' AND subject = 'OU1-1'") == 1
    assert "officer X: unknown" in rollcall("officer", "revoke-links", "X").complaint

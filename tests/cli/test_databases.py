"""The same commands on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.cli.terminal import Rollcall
from tests.factories import a_house_at_work

MORNING = ("--at", "2009-09-15T09:00+08:00")
BRANCH = ("--campaign", "trial", "--branch", "U1-1")


@pytest.fixture
def elsewhere(engine: Engine, home: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home whose database lies elsewhere, with the trial campaign in its first stage."""
    a_house_at_work(engine, home)
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", engine.url.render_as_string(hide_password=False))


@pytest.mark.usefixtures("elsewhere")
def test_a_morning_of_work(rollcall: Rollcall) -> None:
    assert rollcall("patrol", *MORNING, "--json").json["campaigns"][0]["notices"] == 3
    assert rollcall("deliver", *MORNING, "--json").json["sent"] == 3
    assert rollcall("task", "done", *BRANCH, "--task", "survey", "--figures", "members=3", *MORNING).status == 0
    assert rollcall("extend", *BRANCH, "--until", "2009-09-28", "--reason", "flood", *MORNING).status == 0
    wave = ("--campaign", "trial", "--unit", "R", "--wave", "main", "--until", "2009-10-15")
    assert "6 deadlines moved, 3 officers told" in rollcall("extend", *wave, "--reason", "flood", *MORNING).out
    assert rollcall("problem", "add", *BRANCH, "--title", "没有场地", "--due", "2009-12-18", *MORNING).status == 0
    survey, training = rollcall("task", "list", *BRANCH, *MORNING, "--json").json
    assert (survey["figures"], training["due"]) == ({"members": 3}, "2009-09-28T16:00:00Z")
    status = rollcall("campaign", "status", "trial", *MORNING, "--json").json
    assert (status["stages"][0]["done"], status["stages"][0]["overdue"]) == (1, 2)
    assert status["notices"]["sent"] == 3
    for listed in (
        ("campaign", "list"),
        ("campaign", "status", "trial", *MORNING),
        ("notices", "list"),
        ("notices", "show", "1"),
        ("officer", "list"),
        ("problem", "list", "--campaign", "trial"),
        ("task", "list", *BRANCH),
    ):
        answered = rollcall(*listed)
        assert (answered.status, answered.err) == (0, "")


@pytest.mark.usefixtures("elsewhere")
def test_a_refusal_is_one_line(rollcall: Rollcall) -> None:
    refused = rollcall("task", "done", "--campaign", "trial", "--branch", "X", "--task", "survey")
    assert (refused.status, refused.complaint) == (1, "branch X: not in the registry")


def test_a_server_that_does_not_answer_is_named_without_its_password(
    rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/rollcall")
    refused = rollcall("campaign", "list")
    assert refused.status == 1
    assert "127.0.0.1" in refused.complaint
    assert "secret" not in refused.complaint

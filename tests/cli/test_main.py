"""What holds for every command."""

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from cli.main import app
from tests.cli.terminal import Rollcall

PRINTING_FACTS = {
    "answers import",
    "audit",
    "campaign check",
    "campaign launch",
    "campaign list",
    "campaign pace",
    "campaign status",
    "channel list",
    "channel test",
    "deliver",
    *("ledger add", "ledger coverage", "ledger figures", "ledger list", "ledger prospects", "ledger targets"),
    "ledger visit",
    "notices list",
    "notices show",
    "officer list",
    "patrol",
    "problem add",
    "problem list",
    "problem shares",
    "registry import",
    "request list",
    "return correct",
    "return list",
    "return pass-on",
    "return propose",
    "return show",
    "silence add",
    "silence list",
    "task done",
    "task list",
    "user list",
}
DEPENDING_ON_THE_DAY = {
    "answers export",
    "answers import",
    "campaign check",
    "campaign launch",
    "campaign pace",
    "campaign status",
    "channel add",
    "channel disable",
    "channel enable",
    "channel list",
    "channel test",
    "db sweep",
    "deliver",
    "export",
    "extend",
    "request grant",
    "request refuse",
    *("ledger add", "ledger amend", "ledger strike", "ledger targets", "ledger visit"),
    "gate approve",
    "gate override",
    "notices retry",
    "officer add",
    "officer away",
    "officer back",
    "officer hand-over",
    "officer list",
    "officer revoke-links",
    "patrol",
    "problem add",
    "problem assign",
    "problem list",
    "problem none",
    "problem solve",
    "problem verify",
    *("report bulletin", "report issue", "report return", "report summary"),
    "registry import",
    "return correct",
    "return pass-on",
    "return propose",
    "silence add",
    "silence lift",
    "silence list",
    "task done",
    "task list",
    "task reopen",
    "task waive",
    "user add",
    "user disable",
    "user enable",
    "user password",
}
ASKED_FOR = {
    *(PRINTING_FACTS | DEPENDING_ON_THE_DAY),
    *("campaign schema", "db upgrade", "demo", "ledger columns", "sample load", "serve"),
}


def commands(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Walk through all commands, those inside groups too."""
    for part, command in group.commands.items():
        full = f"{name} {part}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, full)
        else:
            yield full, command


EVERY = dict(commands(get_command(app)))
each = pytest.mark.parametrize("name", sorted(EVERY))


def options_of(name: str) -> set[str]:
    return {option for parameter in EVERY[name].params for option in parameter.opts}


def test_every_command_that_was_asked_for_is_there() -> None:
    assert set(EVERY) == ASKED_FOR


@each
def test_every_command_takes_a_home(name: str) -> None:
    assert "--home" in options_of(name)


@each
def test_every_command_that_prints_facts_prints_json(name: str) -> None:
    assert ("--json" in options_of(name)) == (name in PRINTING_FACTS)


@each
def test_every_command_that_depends_on_the_day_takes_an_instant(name: str) -> None:
    assert ("--at" in options_of(name)) == (name in DEPENDING_ON_THE_DAY)


@each
def test_every_help_ends_with_an_example_that_can_be_called(name: str) -> None:
    paragraphs = EVERY[name].help.strip().split("\n\n")
    title, _, example = paragraphs[-1].partition(": ")
    assert title == "Example"
    words = shlex.split(example.partition(">")[0])
    prefix = ["rollcall", *name.split()]
    assert words[: len(prefix)] == prefix
    EVERY[name].make_context(name, words[len(prefix) :])


@each
def test_every_help_can_be_printed_without_a_home(rollcall: Rollcall, name: str) -> None:
    answered = rollcall(*name.split(), "--help")
    assert answered.status == 0
    assert f"Usage: rollcall {name}" in answered.out
    assert "Example: rollcall" in answered.out
    assert max(map(len, answered.out.splitlines())) <= 80


def test_the_command_alone_shows_its_help(rollcall: Rollcall) -> None:
    answered = rollcall()
    assert answered.status == 2
    assert "Usage: rollcall" in answered.out + answered.err


def test_the_home_may_be_named_before_the_command(rollcall: Rollcall, tmp_path: Any) -> None:
    assert rollcall("--home", tmp_path / "first", "campaign", "list").status == 0
    assert (tmp_path / "first" / "rollcall.db").exists()


def test_the_home_named_after_the_command_counts(rollcall: Rollcall, tmp_path: Any) -> None:
    assert rollcall("--home", tmp_path / "first", "campaign", "list", "--home", tmp_path / "last").status == 0
    assert (tmp_path / "last" / "rollcall.db").exists()
    assert not (tmp_path / "first").exists()

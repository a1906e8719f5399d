"""The command `rollcall` in this process, and homes to run it on."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.house import House
from models.database import connect
from tests.cli.terminal import Answered, Rollcall
from tests.databases import Databases
from tests.factories import KEY, a_house_at_work, a_registered_house


@pytest.fixture
def rollcall(capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch) -> Rollcall:
    """Run the command on the test's home, in English."""
    from cli.main import main

    monkeypatch.setenv("ROLLCALL_LANGUAGE", "en")

    def run(*arguments: str | Path) -> Answered:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Answered(status, *capsys.readouterr())

    return run


@pytest.fixture
def in_chinese(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run it in Chinese."""
    monkeypatch.setenv("ROLLCALL_LANGUAGE", "zh")


@pytest.fixture
def registered(home: Path, key: str, registered_template: Path) -> Path:
    """The test's home, with a registry: units U1 and U2 of three branches each, U1-1 to U2-3."""
    return shutil.copytree(registered_template, home)


@pytest.fixture
def at_work(home: Path, key: str, at_work_template: Path) -> Path:
    """The test's home, with the trial campaign in its first stage."""
    return shutil.copytree(at_work_template, home)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The key that the templates were sealed with."""
    monkeypatch.setenv("ROLLCALL_KEY", KEY)
    return KEY


@pytest.fixture(scope="session")
def registered_template(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield from _template(databases, tmp_path_factory.mktemp("registered"), a_registered_house)


@pytest.fixture(scope="session")
def at_work_template(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield from _template(databases, tmp_path_factory.mktemp("at_work"), a_house_at_work)


def _template(databases: Databases, folder: Path, make: Callable[[Engine, Path], House]) -> Iterator[Path]:
    """Make a home once for all tests of this process, each of which gets a copy."""
    folder.chmod(0o700)
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        make(engine, folder)
        engine.dispose()
        yield folder


@pytest.fixture(autouse=True)
def narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print on 80 columns without colours, whatever terminal the tests are run in."""
    for name in [*os.environ]:
        if name in {"COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "TERM", "PY_COLORS"}:
            monkeypatch.delenv(name)

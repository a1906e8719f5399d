"""What every test may ask for: a database of its own on SQLite and on PostgreSQL, and a home for the command line."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.databases import CHOICE, RUN, Databases, run_of_tests

if TYPE_CHECKING:
    from sqlalchemy import Engine


# How long one example takes says nothing on a busy machine.
settings.register_profile("rollcall", deadline=None, print_blob=True)
settings.load_profile("rollcall" if "CI" not in os.environ else "ci")


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return  # a worker has its environment from the process that began the run
    for name in [*os.environ]:
        if name.startswith(("ROLLCALL_", "PREFECT_")) and name != CHOICE:
            del os.environ[name]
    run = ExitStack()
    config.add_cleanup(run.close)
    databases = run.enter_context(run_of_tests())
    os.environ |= {
        RUN: str(databases.folder),
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(databases.folder / "prefect"),
    }


@pytest.fixture(scope="session")
def databases() -> Databases:
    return Databases(Path(os.environ[RUN]))


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database; parametrize("database", ["sqlite"], indirect=True) names one."""
    with databases.fresh(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def engine(database: str) -> Iterator["Engine"]:
    """An engine on that database."""
    from models.database import connect

    engine = connect(database)
    yield engine
    engine.dispose()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder that does not exist yet, as ROLLCALL_HOME."""
    home = tmp_path / "home"
    monkeypatch.setenv("ROLLCALL_HOME", str(home))
    return home

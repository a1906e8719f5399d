"""Prefect's server and runner, really running, on a home with a campaign under way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.vocabulary import ServeRole
from tests.databases import Databases
from tests.factories import CAMPAIGN, KEY, a_running_house
from tests.served import Served, end_serve, free_port, start_serve, wait_until

AT_ANY_HOUR = CAMPAIGN.replace("stages:", 'reminders: {window: {days: every, from: "00:00", to: "23:59"}}\nstages:', 1)
"""The trial, which sends whenever the tests are run: serve acts by the machine's own clock."""


@dataclass
class Services:
    """The one serve that tests share; when a test has ended it, the next begins it anew on the same home."""

    home: Path
    port: int
    current: Served | None = None

    def running(self) -> Served:
        if self.current is None or self.current.process.poll() is not None:
            self.current = served = start_serve(self.home, self.port)
            wait_until(lambda: served.has_said("is running") or served.process.poll() is not None, "serve")
            assert served.process.poll() is None, served.said.read_text()
        return self.current


@pytest.fixture(scope="session")
def services(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    from models.database import connect

    home = tmp_path_factory.mktemp("served") / "home"
    home.mkdir()
    with databases.fresh("sqlite", home) as url:
        engine = connect(url)
        a_running_house(engine, home, text=AT_ANY_HOUR)
        engine.dispose()
    (home / "key").write_text(KEY)
    services = Services(home, free_port())
    yield services
    if services.current is not None:
        end_serve(services.current)


@pytest.fixture
def served(services: Services) -> Served:
    return services.running()


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Served]:
    """The pages alone, on an empty home."""
    served = start_serve(tmp_path / "home", free_port(), ServeRole.WEB)
    wait_until(lambda: served.has_said("is running") or served.process.poll() is not None, "the pages")
    yield served
    end_serve(served)


@pytest.fixture
def starting(tmp_path: Path) -> Iterator[Served]:
    """A serve on an empty home that has only just been started."""
    home = tmp_path / "home"
    served = start_serve(home, free_port())
    yield served
    end_serve(served)

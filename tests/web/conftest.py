"""What tests of the pages ask for: a site at work with users of every role, and a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from models.database import connect
from tests.databases import Databases
from tests.factories import a_house_at_work
from tests.web.sites import Site, a_site, with_users

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    """The trial campaign on 15 September 2009, with a user of every role."""
    with a_site(with_users(a_house_at_work(engine, tmp_path / "home"))) as site:
        yield site


@pytest.fixture
def visited(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    """The same without users: for those who come by a link."""
    with a_site(a_house_at_work(engine, tmp_path / "home")) as site:
        yield site


@pytest.fixture(scope="module")
def untouched(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site like `site`, on SQLite, for all the tests of a file that leave it as it is."""
    folder = tmp_path_factory.mktemp("untouched")
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        with a_site(with_users(a_house_at_work(engine, folder / "home"))) as site:
            yield site
        engine.dispose()


@pytest.fixture(scope="module")
def standing(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same on SQLite, once for all tests of a file that leave it as it is."""
    folder = tmp_path_factory.mktemp("standing")
    with databases.fresh("sqlite", folder) as url:
        engine = connect(url)
        with a_site(with_users(a_house_at_work(engine, folder / "home"))) as site:
            yield site
        engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """A real Chromium; in CI it has to be there."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        if program is None and not own.exists():
            why = "no Chromium: `make browser` installs one"
            pytest.fail(why) if "CI" in os.environ else pytest.skip(why)
        quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=program, args=quiet)
        yield browser
        browser.close()

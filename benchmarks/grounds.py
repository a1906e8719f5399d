"""Databases to measure on: one that is made ready, and a copy of it for every run."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from cryptography.fernet import Fernet
from sqlalchemy import Engine, create_engine, make_url, text

from actions.house import House
from config.seal import Seal
from config.settings import Settings
from models.database import connect
from models.migrate import upgrade
from tests.peers.server import LOOPBACK
from tests.postgres import SETTINGS, Server

SQLITE, POSTGRES = "sqlite", "postgres"
KEY = Fernet.generate_key().decode()


class Grounds(Protocol):
    """Where new databases come from."""

    @contextmanager
    def fresh(self, backend: str, scratch: Path) -> Iterator[str]:
        """Yield the address of an empty, migrated database, and take it away."""


class DurableServer(Server):
    """A server that keeps what it has confirmed, on a disk, as one in earnest does."""

    settings = SETTINGS | {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "max_wal_size": "4GB"}
    in_memory = False


class OwnGrounds:
    """New databases, on PostgreSQL from a server that is started when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._server = DurableServer(folder / "postgres")

    @contextmanager
    def fresh(self, backend: str, scratch: Path) -> Iterator[str]:
        """Yield the address of an empty, migrated database, and take it away; raises Unavailable."""
        if backend == SQLITE:
            url = f"sqlite:///{scratch / 'rollcall.db'}"
            _migrate(url)
            yield url
            (scratch / "rollcall.db").unlink()
            return
        self._server.start()
        name = f"base_{uuid4().hex}"
        self._server.create(name)
        _migrate(self._server.url(name))
        yield self._server.url(name)
        self._server.drop(name)

    def end(self) -> None:
        """Stop the server, if it runs."""
        self._server.stop()


@contextmanager
def own_grounds() -> Iterator[tuple[OwnGrounds, Path]]:
    """Yield grounds, and a folder to work in; both go at the end."""
    with tempfile.TemporaryDirectory(prefix="rollcall-benchmarks-") as folder:
        place = Path(folder)
        place.chmod(0o755)  # PostgreSQL's user has to get through
        grounds = OwnGrounds(place)
        try:
            yield grounds, place
        finally:
            grounds.end()


@contextmanager
def copy_of(url: str, folder: Path) -> Iterator[str]:
    """Yield the address of a copy of a database that nobody is connected to."""
    address, name = make_url(url), f"copy_{uuid4().hex}"
    if address.get_backend_name() == SQLITE:
        file = folder / f"{name}.db"
        shutil.copyfile(str(address.database), file)
        yield f"sqlite:///{file}"
        for part in folder.glob(f"{name}.db*"):
            part.unlink()
        return
    engine = create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    _order(engine, f'CREATE DATABASE "{name}" TEMPLATE "{address.database}" STRATEGY FILE_COPY')
    yield address.set(database=name).render_as_string(hide_password=False)
    _order(engine, f'DROP DATABASE "{name}" WITH (FORCE)')
    engine.dispose()


@contextmanager
def house_on(url: str, home: Path) -> Iterator[House]:
    """Yield a house on a database, connected already, with a home of its own."""
    house = house_of(url, home, KEY)
    yield house
    house.engine.dispose()


def house_of(url: str, home: Path, key: str) -> House:
    """Return such a house, for a process of its own."""
    home.mkdir(exist_ok=True)
    house = House(Settings(home=home, networks=(LOOPBACK,)), connect(url), Seal(key))
    _order(house.engine, "SELECT 1")
    return house


def _order(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.execute(text(statement))


def _migrate(url: str) -> None:
    engine = connect(url)
    upgrade(engine)
    engine.dispose()

"""Databases for tests on SQLite and PostgreSQL: templates migrated once in a run, and a copy of them for each test."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from uuid import uuid4

import pytest
from filelock import FileLock, Timeout
from sqlalchemy import make_url

from tests.postgres import Server, Unavailable

RUN = "ROLLCALL_TEST_RUN"
CHOICE = "ROLLCALL_TEST_POSTGRES"
PREFIX = f"rollcall-tests-{os.getuid()}-"
TEMPLATE = "template_of_the_run"


class Databases:
    """The databases of one run, in a folder that all its workers share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def fresh(self, backend: str, scratch: Path) -> Iterator[str]:
        """Yield the address of an empty, migrated database of the test's own."""
        if backend == "sqlite":
            file = scratch / "rollcall.db"
            shutil.copyfile(self._sqlite_template, file)
            yield f"sqlite:///{file}"
            return
        name = f"test_{uuid4().hex}"
        self._server.create(name, template=TEMPLATE)
        try:
            yield self._server.url(name)
        finally:
            self._server.drop(name)

    @contextmanager
    def copied(self, url: str) -> Iterator["Copy"]:
        """Yield a copy of a database that nobody is connected to."""
        original = make_url(url).database or ""
        name = f"{original}_copy"
        if url.startswith("sqlite"):
            copy = Copy(f"sqlite:///{name}", partial(_copy_files, Path(original), Path(name)))
            copy.put_back()
            yield copy
            return
        self._server.create(name)
        try:
            copy = Copy(self._server.url(name), partial(self._copy_database, original, name))
            copy.put_back()
            yield copy
        finally:
            self._server.drop(name)

    def _copy_database(self, original: str, name: str) -> None:
        self._server.drop(name)
        self._server.create(name, template=original)

    def end(self) -> None:
        Server(self.folder / "postgres").stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @cached_property
    def _sqlite_template(self) -> Path:
        template = self.folder / "template.db"
        with self._once(template) as begun:
            if begun:
                _migrate(f"sqlite:///{begun}")
        return template

    @cached_property
    def _server(self) -> Server:
        if os.environ.get(CHOICE) == "skip":
            if os.environ.get("CI"):
                pytest.fail(f"{CHOICE}=skip is not for CI: every test runs on both databases there", pytrace=False)
            pytest.skip(f"{CHOICE}=skip")
        server = Server(self.folder / "postgres")
        try:
            server.start()
        except Unavailable as error:
            message = f"{error}\nTo go without it, outside CI: {CHOICE}=skip"
            raise pytest.fail.Exception(message, pytrace=False) from None
        with self._once(self.folder / "template.postgres") as begun:
            if begun:
                server.create(TEMPLATE)
                _migrate(server.url(TEMPLATE))
                begun.touch()
        return server

    @contextmanager
    def _once(self, made: Path) -> Iterator[Path | None]:
        """Yield a path to make the thing at, or None when another test has made it already."""
        if made.exists():
            yield None
            return
        with FileLock(f"{made}.lock"):
            if made.exists():
                yield None
                return
            begun = made.with_name(f"{made.name}.begun")
            yield begun
            begun.rename(made)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a database, which can be put back to what the original is."""

    url: str
    put_back: Callable[[], None]


@contextmanager
def run_of_tests() -> Iterator[Databases]:
    """Yield the databases of a new run, and end it; a run whose process was killed is ended by the next."""
    root = Path(tempfile.gettempdir())
    with FileLock(root / f"{PREFIX}lock"):
        for left in root.glob(f"{PREFIX}*/"):
            _end_if_left(left)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        folder.chmod(0o755)  # PostgreSQL's user has to get through
        alive = FileLock(folder / "alive")
        alive.acquire()
    try:
        yield Databases(folder)
    finally:
        alive.release()
        Databases(folder).end()


def _end_if_left(folder: Path) -> None:
    try:
        with FileLock(folder / "alive", timeout=0):
            Databases(folder).end()
    except Timeout:
        pass  # its run goes on


def _copy_files(original: Path, copy: Path) -> None:
    for left in copy.parent.glob(f"{copy.name}*"):
        left.unlink()
    shutil.copyfile(original, copy)


def _migrate(url: str) -> None:
    from models.database import connect
    from models.migrate import upgrade

    engine = connect(url)
    upgrade(engine)
    engine.dispose()

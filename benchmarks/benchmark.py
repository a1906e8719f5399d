"""What a benchmark is, and how it is run."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.house import House
from benchmarks.bare import Bare
from benchmarks.clock import Spent, measure, median_of
from benchmarks.grounds import copy_of, house_on


class Benchmark(ABC):
    """One job, done by us and by the bare driver, each on its own copy of one database that was made ready."""

    name: str
    """What it is called by."""
    outcome: str = ""
    """A query whose rows must be the same after either has done the job."""
    times: int = 1
    """How often one run does the job; figures are for once."""

    @property
    @abstractmethod
    def job(self) -> str:
        """Say what is done, and over how much."""

    @abstractmethod
    def prepare(self, house: House, bare: Bare) -> None:
        """Make the database ready that every run gets a copy of."""

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Run what the job talks to, for as long as it is measured."""
        yield

    @abstractmethod
    def measure_ours(self, house: House, url: str) -> Spent:
        """Do the job once by our actions, and say what it cost."""

    @abstractmethod
    def measure_bare(self, bare: Bare, url: str) -> Spent:
        """Do it by bare statements, and say what that cost."""


class InThisProcess(Benchmark):
    """A job that this very process does."""

    @abstractmethod
    def ours(self, house: House) -> object:
        """Do the job by our actions."""

    @abstractmethod
    def bare(self, bare: Bare) -> object:
        """Do the same by bare statements."""

    def measure_ours(self, house: House, url: str) -> Spent:
        return measure(lambda: self.ours(house), url)

    def measure_bare(self, bare: Bare, url: str) -> Spent:
        return measure(lambda: self.bare(bare), url)


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark found on one database."""

    name: str
    job: str
    database: str
    ours: Spent
    bare: Spent


class Differs(Exception):
    """The two sides of a benchmark have not done the same."""


def run(benchmark: Benchmark, url: str, scratch: Path, rounds: int) -> Result:
    """Prepare an empty database, and do the job by turns on copies of it; the first round only warms up.

    Raises Differs when the two sides leave something different behind.
    """
    with benchmark.standing():
        return _run(benchmark, url, scratch, rounds)


def _run(benchmark: Benchmark, url: str, scratch: Path, rounds: int) -> Result:
    with house_on(url, scratch / "home") as house, closing(Bare(url, scratch)) as bare:
        benchmark.prepare(house, bare)
    if _run_ours(benchmark, url, scratch)[1] != _run_bare(benchmark, url, scratch)[1]:
        raise Differs(f"{benchmark.name}: the two sides have not done the same")
    ours: list[Spent] = []
    bares: list[Spent] = []
    for _ in range(rounds):
        ours.append(_run_ours(benchmark, url, scratch)[0] / benchmark.times)
        bares.append(_run_bare(benchmark, url, scratch)[0] / benchmark.times)
    backend = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    return Result(benchmark.name, benchmark.job, backend, median_of(ours), median_of(bares))


Rows = list[tuple[object, ...]]


def _run_ours(benchmark: Benchmark, url: str, scratch: Path) -> tuple[Spent, Rows]:
    with copy_of(url, scratch) as copy, _new_home(scratch) as home, house_on(copy, home) as house:
        return benchmark.measure_ours(house, copy), _outcome(benchmark, copy)


def _run_bare(benchmark: Benchmark, url: str, scratch: Path) -> tuple[Spent, Rows]:
    with copy_of(url, scratch) as copy, _new_home(scratch) as home, closing(Bare(copy, home)) as bare:
        return benchmark.measure_bare(bare, copy), _outcome(benchmark, copy)


@contextmanager
def _new_home(scratch: Path) -> Iterator[Path]:
    with TemporaryDirectory(prefix="home-", dir=scratch) as home:
        yield Path(home)


def _outcome(benchmark: Benchmark, url: str) -> Rows:
    if not benchmark.outcome:
        return []
    with closing(Bare(url, Path())) as bare:
        return [tuple(row) for row in bare.run(benchmark.outcome)]

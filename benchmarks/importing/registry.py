"""A registry in a workbook comes into an empty database."""

import json
import subprocess
import sys
import time
from pathlib import Path

import xlsxwriter

from actions.house import House
from benchmarks.bare import Bare
from benchmarks.benchmark import Benchmark
from benchmarks.clock import PROCESSES, Spent
from config.registry import Column

BRANCHES_A_UNIT = 45
LOOK_EVERY_SECONDS = 0.02
_LEFT_OUT = (Column.GRADE, Column.PHONE, Column.CHANNEL, Column.SUCCESSOR)
COLUMNS = tuple(column for column in Column if column not in _LEFT_OUT)
"""Numbers and addresses are sealed one by one, which the bare side would have to do as well."""


class Importing(Benchmark):
    """Every row has a branch and an officer of its own. Both sides run in a new process, beyond its imports."""

    name = "importing"
    outcome = (
        "SELECT branch.code, branch.name, branch.members, branch.employees, branch.kind, branch.status, leader, "
        "industry, unit.code, unit.name, unit.path, officer.code, officer.name, officer.role FROM branch "
        "JOIN unit ON unit.id = branch.unit_id JOIN officer ON officer.id = branch.officer_id ORDER BY branch.code"
    )

    def __init__(self, rows: int) -> None:
        self._rows = rows

    @property
    def job(self) -> str:
        return f"import a registry of {self._rows:,} rows from xlsx"

    def prepare(self, house: House, bare: Bare) -> None:  # noqa: ARG002
        self._file = house.home / "registry.xlsx"
        write_registry(self._file, self._rows)

    def measure_ours(self, house: House, url: str) -> Spent:
        house.engine.dispose()
        return self._measure("ours", url, house.home)

    def measure_bare(self, bare: Bare, url: str) -> Spent:
        return self._measure("bare", url, bare.home)

    def _measure(self, side: str, url: str, home: Path) -> Spent:
        command = [sys.executable, "-m", "benchmarks.importing.once", side, url, str(home), str(self._file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
            most = _watch(process)
            said = process.stdout.read() if process.stdout else ""
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        return Spent(**json.loads(said) | {"memory": most})


def _watch(process: "subprocess.Popen[str]") -> float | None:
    """Wait for a process, and return the most MiB that it and its children held at once; None where nobody tells."""
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(_held, _family(process.pid))))
        time.sleep(LOOK_EVERY_SECONDS)
    return most / 1024 or None


def _family(process: int) -> list[int]:
    try:
        children = (PROCESSES / f"{process}/task/{process}/children").read_text().split()
    except OSError:
        return [process]
    return [process, *map(int, children)]


def _held(process: int) -> int:
    """Return the KiB of memory of a process; pages that it shares with others count in part."""
    try:
        lines = (PROCESSES / f"{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended in the meantime
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def write_registry(file: Path, rows: int) -> None:
    """Write a registry as Excel saves one: its texts stand apart and are shared."""
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("名册")
    sheet.write_row(0, 0, COLUMNS)
    for row in range(rows):
        unit = row // BRANCHES_A_UNIT + 1
        cells = (
            f"U{unit}",
            f"第{unit}区",
            "",
            "county",
            f"U{unit}-{row}",
            f"第{unit}区{row}号电缆有限公司支部",
            row % 40 + 3,
            row % 500 + 10,
            "branch",
            "active",
            "电子电器",
            f"负责人{row}",
            f"L{row}",
            f"联络员{row}",
        )
        sheet.write_row(row + 1, 0, cells)
    book.close()

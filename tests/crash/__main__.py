"""Run it on each database: `python -m tests.crash --deliveries 2500 --kills 40`."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.run import Plan, run
from tests.databases import run_of_tests


def main() -> int:
    """Return 1 when the promise was broken anywhere."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--deliveries", type=int, default=2_500)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20090916)
    given = parser.parse_args()
    is_kept = True
    with run_of_tests() as databases:
        for backend in given.database or ["sqlite", "postgres"]:
            _say(backend)
            with TemporaryDirectory(prefix="rollcall-crash-") as folder, databases.fresh(backend, Path(folder)) as url:
                result = run(url, Path(folder) / "home", Plan(given.deliveries, given.kills, given.seed))
            _say(str(result))
            is_kept &= result.is_kept
    return 0 if is_kept else 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

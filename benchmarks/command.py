"""The command: which benchmarks, how large, how often, and in which form they are told."""

import argparse
import gc
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.benchmark import Benchmark, Result, run
from benchmarks.grounds import POSTGRES, SQLITE, Grounds, own_grounds
from benchmarks.scales import SCALES, benchmarks
from benchmarks.table import as_json, as_markdown
from cli.main import NEW_OBJECTS
from tests.postgres import Unavailable


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what the arguments ask for."""
    options = _parser().parse_args(arguments)
    gc.set_threshold(NEW_OBJECTS)  # both sides run as the command line does
    with own_grounds() as (grounds, scratch):
        results = list(measure(options, grounds, scratch))
    print(json.dumps(as_json(results), indent=2, ensure_ascii=False) if options.json else as_markdown(results))


def measure(options: argparse.Namespace, grounds: Grounds, scratch: Path) -> Iterator[Result]:
    """Run the chosen benchmarks, each on every chosen database; what goes on is told on standard error."""
    chosen = [
        found for found in benchmarks(options.scale, options.rows) if not options.only or found.name in options.only
    ]
    for benchmark in chosen:
        for backend in options.database:
            print(f"{benchmark.name} on {backend} ...", file=sys.stderr)
            try:
                yield run_on(grounds, backend, benchmark, scratch, options.rounds)
            except Unavailable as error:
                print(f"not measured: {error}", file=sys.stderr)


def run_on(grounds: Grounds, backend: str, benchmark: Benchmark, scratch: Path, rounds: int) -> Result:
    """Run one benchmark on a new database."""
    with grounds.fresh(backend, scratch) as url:
        return run(benchmark, url, scratch, rounds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each side runs, by turns (5)")
    parser.add_argument("--scale", choices=SCALES, default="city", help="how large (city: 703 branches)")
    parser.add_argument("--rows", type=int, nargs="*", help="finished assignments beside those that are due")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="run these alone")
    parser.add_argument("--database", nargs="+", choices=[SQLITE, POSTGRES], default=[SQLITE, POSTGRES])
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser

"""Tell results: as a table in Markdown, or as JSON."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy

from benchmarks.benchmark import Result

HEAD = (
    "job",
    "database",
    "ours",
    "bare",
    "ratio",
    "CPU ours",
    "CPU bare",
    "CPU ratio",
    "p99 ours",
    "p99 bare",
    "MiB ours",
    "MiB bare",
)


def as_markdown(results: Sequence[Result]) -> str:
    """Write one table; times are milliseconds, medians of the rounds."""
    rows = [HEAD, *(_cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 1) + ("-" if column < 2 else ":") for column, width in enumerate(widths)) + "|"
    return "\n".join([f"Medians, in milliseconds, on {_machine()}.", "", lines[0], rule, *lines[1:]])


def as_json(results: Sequence[Result]) -> dict[str, Any]:
    """Compose the same as plain values; times are seconds."""
    return {"machine": _machine(), "results": [asdict(result) | {"ratio": _ratios(result)} for result in results]}


def _cells(result: Result) -> tuple[str, ...]:
    ours, bare, ratio = result.ours, result.bare, _ratios(result)
    return (
        result.job,
        result.database,
        _milliseconds(ours.wall),
        _milliseconds(bare.wall),
        f"{ratio['wall']:.1f}",
        _milliseconds(ours.cpu),
        _milliseconds(bare.cpu),
        f"{ratio['cpu']:.1f}",
        _milliseconds(ours.p99) if ours.p99 is not None else "",
        _milliseconds(bare.p99) if bare.p99 is not None else "",
        f"{ours.memory:.0f}" if ours.memory is not None else "",
        f"{bare.memory:.0f}" if bare.memory is not None else "",
    )


def _ratios(result: Result) -> dict[str, float]:
    return {"wall": result.ours.wall / result.bare.wall, "cpu": result.ours.cpu / result.bare.cpu}


def _milliseconds(seconds: float) -> str:
    milliseconds = seconds * 1_000
    return f"{milliseconds:,.0f}" if milliseconds >= 100 else f"{milliseconds:.3g}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"SQLAlchemy {sqlalchemy.__version__}"
    )

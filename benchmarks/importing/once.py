"""`python -m benchmarks.importing.once SIDE URL HOME FILE`: one import, and what it took after start, as JSON."""

import gc
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from actions.house import open_house
from actions.import_registry import import_registry
from actions.registry.reading import read_file
from benchmarks.bare import Bare
from benchmarks.clock import measure
from cli.main import NEW_OBJECTS
from config.settings import Settings

AT = datetime(2009, 9, 1, 1, tzinfo=UTC)


def main(side: str, url: str, home: str, file: str) -> None:
    """Import once, by our action or by the library and the driver alone."""
    gc.set_threshold(NEW_OBJECTS)
    if side == "ours":
        house = open_house(Settings(home=Path(home), database_url=url))
        spent = measure(
            lambda: import_registry(house, read_file(house, Path(file)), actor="benchmark", now=AT),
            url,
            _own_and_childrens,
        )
    else:
        with closing(Bare(url, Path(home))) as bare:
            spent = measure(lambda: import_bare(bare, file), url)
    print(json.dumps(asdict(spent)))


def _own_and_childrens() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + found.ru_utime + found.ru_stime


def import_bare(bare: Bare, file: str) -> None:
    """Parse the rows and insert them as they are, in one transaction."""
    read: Iterator[list[Any]] = CalamineWorkbook.from_path(file).get_sheet_by_index(0).iter_rows()
    _, *rows = read
    units = {row[0]: (place, row[0], row[1], row[3], f"/{row[0]}/") for place, row in enumerate(rows, 1)}
    with bare.transaction():
        _insert(bare, "unit", "id, code, name, level, path", units.values())
        said = ("liaison", "zh", "Asia/Shanghai", 0)
        officers = ((place, row[12], row[13], *said) for place, row in enumerate(rows, 1))
        _insert(bare, "officer", "id, code, name, role, language, timezone, link_epoch", officers)
        branches = (
            (row[4], row[5], units[row[0]][0], int(row[6]), int(row[7]), *row[8:12], place)
            for place, row in enumerate(rows, 1)
        )
        columns = "code, name, unit_id, members, employees, kind, status, industry, leader, officer_id"
        _insert(bare, "branch", columns, branches)


def _insert(bare: Bare, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    if bare.is_sqlite:
        places = ", ".join("?" * (columns.count(",") + 1))
        bare.run_many(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)
    else:
        bare.copy(f"COPY {table} ({columns}) FROM STDIN", rows)


if __name__ == "__main__":
    main(*sys.argv[1:])

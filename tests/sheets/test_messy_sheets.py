"""Sheets as offices make them: each is imported right, or refused with the right cell, and nothing by halves."""

import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.import_registry import import_registry
from actions.registry.reading import read_file
from config.errors import FaultyFile
from models.branch import Branch
from models.officer import Officer
from models.unit import Unit
from tests.factories import LAUNCH_DAY, a_house
from tests.records import every
from tests.sheets.bad import FLAGGED, REFUSED, Flag, Refused
from tests.sheets.good import IMPORTED, Good

ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_there_are_forty_of_them_at_least() -> None:
    assert len(IMPORTED) + len(FLAGGED) + len(REFUSED) >= 40


@ONE
@pytest.mark.parametrize("good", IMPORTED.values(), ids=IMPORTED)
def test_what_can_be_read_is_imported_right_and_the_same_file_again_changes_nothing(
    engine: Engine, tmp_path: Path, good: Good
) -> None:
    house = a_house(engine, tmp_path / "home")
    file = good.make(tmp_path)
    imported = import_registry(house, read_file(house, file), actor="test", now=LAUNCH_DAY)
    assert imported.rejected == ()
    units = {unit.id: unit.code for unit in every(house, Unit)}
    found = [(units[row.unit_id], row.code, row.name, row.members, row.employees) for row in every(house, Branch)]
    assert tuple(sorted(found)) == good.branches
    again = import_registry(house, read_file(house, file), actor="test", now=LAUNCH_DAY)
    assert (again.new, again.changed, again.unchanged) == (0, 0, len(good.branches))


@ONE
@pytest.mark.parametrize("flag", FLAGGED.values(), ids=FLAGGED)
def test_a_cell_that_cannot_be_taken_is_told_with_its_place_and_nothing_is_imported(
    engine: Engine, tmp_path: Path, flag: Flag
) -> None:
    house = a_house(engine, tmp_path / "home")
    imported = import_registry(house, read_file(house, flag.make(tmp_path)), actor="test", now=LAUNCH_DAY)
    told = [(cell.sheet, cell.cell or cell.line, cell.column, cell.value) for cell in imported.rejected]
    assert told == [flag.cell, *flag.others]
    assert imported.rejected[0].reason.startswith(flag.reason)
    assert not any(every(house, table) for table in (Unit, Branch, Officer))


@ONE
@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_one_line_soon_and_nothing_is_imported(
    engine: Engine, tmp_path: Path, refused: Refused
) -> None:
    house = a_house(engine, tmp_path / "home")
    file = refused.make(tmp_path)
    begun = time.monotonic()
    with pytest.raises(FaultyFile) as error:
        import_registry(house, read_file(house, file), actor="test", now=LAUNCH_DAY)
    assert time.monotonic() - begun < 60
    (fault,) = error.value.faults
    assert (fault.line, fault.key) == (refused.line, refused.sheet)
    assert refused.message in fault.message
    assert "\n" not in str(error.value)
    assert not any(every(house, table) for table in (Unit, Branch, Officer))

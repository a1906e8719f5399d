"""Read coverage: how many of the enterprises of each part of the tree have an organisation."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from actions.house import House
from actions.measures.extent import Extent
from actions.measures.parts import parts_below
from actions.measures.rows import latest_by
from actions.reading.measures import check_scope, table_of_figures
from actions.rulebook import open_rulebook
from config.definition.text import Text
from config.ledgers.columns import ColumnKind, columns_of
from config.ledgers.coverage import CoverageEntry
from config.vocabulary import Measure
from models.database import snapshot
from models.dialects import table_of
from models.ledgers.coverage import Coverage
from models.queries import below, find_unit
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from rules.coverage import Count, find_disagreements

_ASKED = (Measure.ENTERPRISES, Measure.ENTERPRISES_WITH_MEMBERS, Measure.ORGANISATIONS)
_COUNTED = tuple(column for column in columns_of(CoverageEntry) if column.kind is ColumnKind.COUNT)


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """What was counted last in a part of the tree; sole traders are no enterprises."""

    unit: str
    unit_name: str
    enterprises: int
    enterprises_with_members: int
    organisations: int

    @property
    def share(self) -> float | None:
        """Organisations for each enterprise; None where there is none."""
        return self.organisations / self.enterprises if self.enterprises else None


@dataclass(frozen=True, slots=True)
class CoverageDisagreement:
    """A number that a unit gave for itself with all below it, where those below it come to another one.

    What those below come to counts. `column` is a column of the ledger, `number` that of the unit's entry.
    """

    number: int
    unit: str
    unit_name: str
    column: str
    column_title: Text
    said: int
    below: int


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Coverage by part of the tree, and what does not agree in it."""

    parts: tuple[UnitCoverage, ...]
    disagreements: tuple[CoverageDisagreement, ...]


def read_coverage(house: House, campaign: str, *, unit: str | None = None, scope: Scope = EVERYTHING) -> CoverageTable:
    """Read it for each unit right below one, or below the top of what the scope sees; raises as measures do."""
    check_scope(scope)
    with snapshot(house.engine) as session:
        extent = Extent.of(open_rulebook(session, house, campaign))
        parts = table_of_figures(session, extent, _ASKED, parts_below(session, unit, scope)).parts
        return CoverageTable(
            tuple(UnitCoverage(part.unit, part.unit_name, *(part.values[asked] for asked in _ASKED)) for part in parts),
            _compare(session, extent, unit, scope),
        )


def _compare(session: Session, extent: Extent, unit: str | None, scope: Scope) -> tuple[CoverageDisagreement, ...]:
    held = latest_by(extent, Coverage, Coverage.unit_id).subquery()
    table = table_of(Coverage)
    counted = (table.c[column.code] for column in _COUNTED)
    # Columns and no rows of models, of which a nation's ledger would take seconds to make.
    query = (
        select(col(Unit.path), col(Unit.code), col(Unit.name), table.c.number, table.c.alone, *counted)
        .select_from(held)
        .join(table, table.c.id == held.c.id)
        .join(Unit, col(Unit.id) == table.c.unit_id)
        .where(scope.units)
    )
    if unit is not None:
        query = query.where(below(find_unit(session, unit, scope)))
    codes = [column.code for column in _COUNTED]
    titles = {column.code: column.title for column in _COUNTED}
    places: dict[str, tuple[int, str, str]] = {}
    counts: list[Count] = []
    for path, code, name, number, alone, *numbers in sorted(session.execute(query).tuples()):
        places[path] = number, code, name
        counts.append(Count(path, alone, dict(zip(codes, numbers, strict=True))))
    return tuple(
        CoverageDisagreement(*places[each.path], each.code, titles[each.code], each.said, each.below)
        for each in find_disagreements(counts)
    )

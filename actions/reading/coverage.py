"""Read coverage: how many of the enterprises of each part of the tree have an organisation."""

from dataclasses import dataclass

from actions.house import House
from actions.reading.measures import read_measures_by_part
from config.vocabulary import Measure
from models.scope import EVERYTHING, Scope

_ASKED = (Measure.ENTERPRISES, Measure.ENTERPRISES_WITH_MEMBERS, Measure.ORGANISATIONS)


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


def read_coverage(
    house: House, campaign: str, *, unit: str | None = None, scope: Scope = EVERYTHING
) -> tuple[UnitCoverage, ...]:
    """Read it for each unit right below one, or below the top of what the scope sees; raises as measures do."""
    parts = read_measures_by_part(house, campaign, _ASKED, unit=unit, scope=scope)
    return tuple(UnitCoverage(part.unit, part.unit_name, *(part.values[asked] for asked in _ASKED)) for part in parts)

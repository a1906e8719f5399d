"""What is looked at: a campaign from a place in the tree, as far as whoever asks may see."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.house import House
from actions.rulebook import Rulebook, open_rulebook
from models.branch import Branch
from models.queries import WindowPlace, below, windows_of
from models.scope import Scope
from models.unit import Unit
from rules.deadlines import local_day

WHOLE = "/"
"""The path above a tree that has several roots."""


@dataclass(frozen=True)
class Ground:
    """A campaign at an instant, seen from `unit`: None where the tree has several roots and nobody chose one.

    `is_whole` tells that nothing of the campaign is left out.
    """

    session: Session
    rulebook: Rulebook
    places: tuple[WindowPlace, ...]
    scope: Scope
    unit: Unit | None
    is_whole: bool
    now: datetime

    @property
    def path(self) -> str:
        """What the paths of all units begin with that are looked at."""
        return self.unit.path if self.unit else WHOLE

    @property
    def window_ids(self) -> list[int]:
        """The campaign's windows."""
        return [place.window.id for place in self.places]

    @property
    def today(self) -> date:
        """The campaign's own day."""
        return local_day(self.now, self.rulebook.zone)

    @property
    def branches(self) -> ColumnElement[bool]:
        """Select, in a query that has `Branch` in it, the branches looked at."""
        if self.is_whole or self.unit is None:
            return self.scope.branches
        return and_(self.scope.branches, col(Branch.unit_id).in_(select(col(Unit.id)).where(below(self.unit))))

    @property
    def is_of_branches(self) -> bool:
        """Tell whether the scope is single branches, for which nothing is counted."""
        return self.scope.officers is not None or self.scope.branch is not None

    def seen_from(self, unit: Unit) -> "Ground":
        """Return the same campaign seen from a unit below, or from the same one."""
        return replace(self, unit=unit, is_whole=self.is_whole and unit == self.unit)


def open_ground(session: Session, house: House, campaign: str, scope: Scope, *, now: datetime) -> Ground:
    """Look at a campaign from as high as a scope reaches; Unknown when there is no such campaign."""
    rulebook = open_rulebook(session, house, campaign)
    places = tuple(windows_of(session, rulebook.campaign))
    return Ground(session, rulebook, places, scope, _top(session, scope), scope.is_everything, now)


def _top(session: Session, scope: Scope) -> Unit | None:
    """Return the unit above everything in a scope, None where there are several."""
    query = select_rows(Unit)
    query = query.where(Unit.path == scope.path) if scope.path else query.where(col(Unit.parent_id).is_(None))
    found = session.exec(query.limit(2)).all()
    return found[0] if len(found) == 1 else None

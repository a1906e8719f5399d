"""Units: the tree."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from actions.reading.tree import read_unit, read_units
from web.api.callers import Reader, caller_of
from web.api.outcomes import READS_MANY, READS_ONE
from web.api.shapes.registry import UnitPage, UnitQuery, UnitShape
from web.api.shapes.shape import Name
from web.api.tags import IfNoneMatch, one

router = APIRouter(prefix="/units", tags=["units"])


@router.get("", response_model=UnitPage, responses=READS_MANY)
def list_units(here: Reader, query: Annotated[UnitQuery, Query()]) -> UnitPage:
    """List units, those right below one or all of them."""
    page = read_units(
        here.house,
        parent=query.parent,
        level=query.level,
        limit=query.limit,
        later_than=query.after or 0,
        scope=caller_of(here).scope,
    )
    return UnitPage.of(page, UnitShape.of)


@router.get("/{unit}", response_model=UnitShape, responses=READS_ONE)
def show_unit(
    here: Reader,
    unit: Annotated[Name, Path(description="The code of the unit, or its unique name.", examples=["130683"])],
    known: IfNoneMatch = None,
) -> Response:
    """Read one unit."""
    return one(UnitShape.of(read_unit(here.house, unit, caller_of(here).scope)), known)

"""Branches of the registry."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from actions.reading.branch_list import BranchFilter, read_branch, read_branches
from web.api.callers import Reader, caller_of
from web.api.outcomes import READS_MANY, READS_ONE
from web.api.shapes.registry import BranchPage, BranchQuery, BranchShape
from web.api.shapes.shape import Code
from web.api.tags import IfNoneMatch, one

router = APIRouter(prefix="/branches", tags=["branches"])


@router.get("", response_model=BranchPage, responses=READS_MANY)
def list_branches(here: Reader, query: Annotated[BranchQuery, Query()]) -> BranchPage:
    """List branches."""
    wanted = BranchFilter(**query.conditions)
    page = read_branches(
        here.house, wanted, limit=query.limit, later_than=query.after or 0, scope=caller_of(here).scope
    )
    return BranchPage.of(page, BranchShape.of)


@router.get("/{branch}", response_model=BranchShape, responses=READS_ONE)
def show_branch(
    here: Reader,
    branch: Annotated[Code, Path(description="The code of the branch.", examples=["130683-001"])],
    known: IfNoneMatch = None,
) -> Response:
    """Read one branch."""
    return one(BranchShape.of(read_branch(here.house, branch, caller_of(here).scope)), known)

"""What the operations on assignments have in common: the work by its number, before and after."""

from typing import Annotated

from fastapi import Depends, Path

from actions.assignments.named import Named
from actions.reading.assignments import AssignmentState, read_assignment
from config.vocabulary import Permission
from web.api.callers import allowed, caller_of
from web.api.shapes.assignments import BY_THE_CLOCK, AssignmentShape
from web.api.shapes.shape import Number
from web.api.tags import check_match, tag_of
from web.context import Here

Assignment = Annotated[Number, Path(description="The number of the assignment.", examples=[4711])]
Answerer = Annotated[Here, Depends(allowed(Permission.ANSWER))]
"""An operation that answers for a branch."""
Decider = Annotated[Here, Depends(allowed(Permission.DECIDE))]
"""An operation that decides for a branch."""


def name_of(found: AssignmentState) -> Named:
    """Name work the way actions take it."""
    return Named(found.branch, f"{found.state.stage}/{found.state.task}")


def now_of(here: Here, number: int) -> AssignmentShape:
    """Read an assignment as it is now, in the transaction that has changed it where there is one."""
    return AssignmentShape.of(read_assignment(here.house, number, now=here.now, scope=caller_of(here).scope))


def to_write(here: Here, number: int, match: str | None, *, to_count_anew: bool = False) -> AssignmentState:
    """Read what is to be changed so that it stays as it is till then; Changed when it is not as it was named."""
    scope = caller_of(here).scope
    found = read_assignment(here.house, number, now=here.now, scope=scope, to_write=True, to_count_anew=to_count_anew)
    check_match(match, tag_of(AssignmentShape.of(found), BY_THE_CLOCK))
    return found

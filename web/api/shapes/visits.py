"""The JSON of a visit that brings more than its entry: a problem, and a task that is done by it."""

from datetime import date

from pydantic import ConfigDict

from web.api.shapes.assignments import Figures
from web.api.shapes.ledgers import VISIT, Values
from web.api.shapes.problems import ProblemTitle, Words
from web.api.shapes.shape import Name, Shape


class FoundOnVisitShape(Shape):
    """A problem that came up on a visit."""

    title: ProblemTitle
    """What was found."""
    category: Words | None = None
    """What it is counted under."""
    owner: Words | None = None
    """Who answers for it."""
    due: date | None = None
    """The last allowed day for solving it."""


class DoneOnVisitShape(Shape):
    """A task that a visit completes."""

    task: Name
    """Its code, or `stage/task` where several stages have one of that code."""
    figures: Figures
    """The figures that it asks for, by their codes; amounts may be given as text, to be exact."""


class VisitShape(Shape):
    """A visit as it is to stand, with the problem that was found on it and the task that was completed by it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "entry": VISIT,
                    "found": {"title": "党员活动场所未落实", "owner": "张支书", "due": "2009-11-20"},
                    "done": {"task": "study/lecture", "figures": {"talks": 2}},
                }
            ]
        }
    )

    entry: Values
    """What it says, by the codes of the columns of `visits`."""
    found: FoundOnVisitShape | None = None
    """The problem that came up on it."""
    done: DoneOnVisitShape | None = None
    """The task that it completes."""

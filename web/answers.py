"""From the form of an answer to the answer."""

from datetime import datetime

from actions.assignments.named import Named
from actions.complete import Answer
from actions.reading.work import WorkState
from config.vocabulary import AssignmentStatus
from rules.words import LONGEST_NOTE
from web.fields import Fields

FORM = "complete"
FIGURE = "figure-"
FILE = "file"
SEEN = "seen"


def read_answer(fields: Fields, work: Named, seen: str, actor: str, now: datetime) -> Answer:
    """Read an answer; what cannot be read is among the faults of the fields, and left out.

    Which figures the task asks for is not looked up: what is too much or missing, completing it says.
    """
    given = {name.removeprefix(FIGURE): fields.number(name) for name in fields.named(FIGURE)}
    return Answer(
        branch=work.branch,
        task=work.task,
        at=now,
        actor=actor,
        figures={code: value for code, value in given.items() if value is not None},
        note=fields.words("note", LONGEST_NOTE),
        seen=seen,
        scope=work.scope,
    )


def is_this_answer(work: WorkState, answer: Answer) -> bool:
    """Tell whether the work is done by this very answer: a second click, or a form sent twice over a poor line."""
    task = work.task
    there = (task.done_by, task.note, dict(task.figures))
    return task.status is AssignmentStatus.DONE and there == (answer.actor, answer.note, dict(answer.figures))

"""`rollcall task`: what a branch has to do, and its answers."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import actor, house_at, instant
from cli.options import AsJson, At, BranchCode, By, CampaignCode, Home, Note, Reason, TaskCode
from cli.printing import print_json, tell
from cli.values import parse_figures
from config.said import Said

if TYPE_CHECKING:
    from actions.complete import Answer
    from actions.house import House

app = typer.Typer(help="List what a branch has to do; complete, reopen or waive it.")

Figures = Annotated[
    list[str] | None,
    typer.Option(
        "--figures", "--figure", "-f", metavar="CODE=NUMBER", help="A figure that the task asks for; may be repeated."
    ),
]
Files = Annotated[
    list[Path] | None,
    typer.Option(
        "--evidence",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        readable=True,
        help="A photo, PDF or Office file to keep with the answer; may be repeated.",
    ),
]
MoreFigures = Annotated[list[str] | None, typer.Argument(metavar="[CODE=NUMBER]...", help="Further figures.")]


@app.command(name="list")
def list_tasks(
    campaign: CampaignCode, branch: BranchCode, home: Home = None, as_json: AsJson = False, at: At = None
) -> None:
    """List the tasks of a branch in the windows that have opened for it.

    Example: rollcall task list --campaign baoding-2009 --branch 130622-001
    """
    from actions.reading.tasks import read_tasks
    from cli.views.tasks import print_tasks, task_shapes

    with house_at(home) as house:
        tasks, language = read_tasks(house, campaign, branch, now=instant(at)), house.settings.language
    if as_json:
        print_json(task_shapes(tasks, language))
    else:
        print_tasks(tasks, language)


@app.command()
def done(
    campaign: CampaignCode,
    branch: BranchCode,
    task: TaskCode,
    figures: Figures = None,
    more: MoreFigures = None,
    note: Note = None,
    evidence: Files = None,
    home: Home = None,
    as_json: AsJson = False,
    at: At = None,
    by: By = None,
) -> None:
    """Complete a task, its evidence added first. Doing it again is harmless: what was answered first stays.

    Example: rollcall task done --campaign baoding-2009 --branch 130622-001 --task survey --figures members=12
    """
    from actions.complete import Answer, Completion, complete
    from cli.views.answers import receipt_line, receipt_shape
    from config.errors import Refusal

    given = parse_figures([*(figures or ()), *(more or ())])
    answer = Answer(branch, task, instant(at), actor(by), given, note)
    with house_at(home) as house:
        _add(house, campaign, answer, evidence or ())
        (receipt,) = complete(house, campaign, [answer])
    if as_json:
        print_json(receipt_shape(receipt))
    line = receipt_line(receipt)
    if receipt.completion is Completion.WAIVED_BEFORE:
        raise Refusal(line.sentence, hint="", **line.values)
    if not as_json:
        tell(line)


def _add(house: "House", campaign: str, answer: "Answer", files: Sequence[Path]) -> None:
    """Add files to the work of an answer."""
    from actions.add_evidence import NewEvidence, add_evidence

    with ExitStack() as opened:
        contents = [opened.enter_context(file.open("rb")) for file in files]
        new = [
            NewEvidence(answer.branch, answer.task, file.name, content, answer.at, answer.actor)
            for file, content in zip(files, contents, strict=True)
        ]
        if new:
            add_evidence(house, campaign, new)


@app.command()
def reopen(
    campaign: CampaignCode,
    branch: BranchCode,
    task: TaskCode,
    reason: Reason,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Open a task again that was done or waived; its answer stays on record.

    Example: rollcall task reopen --campaign baoding-2009 --branch 130622-001 --task survey --reason "wrong year"
    """
    from actions.assignments.named import Named
    from actions.reopen import reopen as reopen_task

    with house_at(home) as house:
        name = Named(branch, task)
        reopened = reopen_task(house, campaign, name, reason=reason, actor=actor(by), now=instant(at))
    told = Said("open again") if reopened else Said("is open, nothing to do")
    tell(Said("{branch} {task}: {told}", branch=branch, task=task, told=told))


@app.command()
def waive(
    campaign: CampaignCode,
    branch: BranchCode,
    task: TaskCode,
    reason: Reason,
    home: Home = None,
    at: At = None,
    by: By = None,
) -> None:
    """Let a branch off a task: it counts neither as done nor as due.

    Example: rollcall task waive --campaign baoding-2009 --branch 130622-001 --task survey --reason "closed for repairs"
    """
    from actions.assignments.named import Named
    from actions.waive import waive as waive_task

    with house_at(home) as house:
        name = Named(branch, task)
        waived = waive_task(house, campaign, name, reason=reason, actor=actor(by), now=instant(at))
    told = Said("waived") if waived else Said("is waived already")
    tell(Said("{branch} {task}: {told}", branch=branch, task=task, told=told))

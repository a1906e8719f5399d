"""A task of a branch, and its answers: complete, reopen, ask for more time, add and remove evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from actions.add_evidence import NewEvidence, add_evidence
from actions.ask_extension import Wish, ask_extension, waits_already
from actions.assignments.evidence import NoEvidence
from actions.assignments.figures import WrongFigures
from actions.assignments.named import Named
from actions.assignments.seen import changed_meanwhile
from actions.reading.branches import BranchState, read_branch
from actions.reading.work import WorkState
from actions.remove_evidence import remove_evidence
from actions.reopen import reopen
from actions.withdraw_extension import withdraw_extension
from config.definition.text import Titled
from config.errors import Refusal, Stale, Unknown
from config.said import joined
from config.vocabulary import AssignmentStatus, Permission
from rules.words import LONGEST_REASON
from web.addresses import TASK, branch_address, task_address
from web.answers import FIGURE, FILE, FORM, SEEN, is_this_answer, read_answer
from web.context import Here
from web.fields import Fields
from web.forms import Sent, SentForm
from web.identity.doors import FormVisitor, Visitor, caller_of
from web.reasons import say_reason
from web.rendering import page
from web.told import and_tell
from web.typed import NOTHING, with_faults

router = APIRouter()

IN_PLACE = "x-row"
"""The header by which a script asks for the row alone, to put it in the place of the one that was answered."""
EXTENSION, REOPEN, EVIDENCE = "extension", "reopen", "evidence"
"""The forms of the page beside the one of the answer."""


@dataclass(frozen=True, slots=True)
class TaskName:
    """A task by the codes in its address."""

    campaign: str
    branch: str
    stage: str
    task: str

    @property
    def named(self) -> Named:
        """The work as actions are told of it."""
        return Named(self.branch, f"{self.stage}/{self.task}")

    def address(self, here: Here) -> str:
        """Return where it is shown in this visit."""
        return task_address(here.root, self.campaign, self.branch, self.stage, self.task)


async def asked_for(campaign: str, branch: str, stage: str, task: str) -> TaskName:
    """Read it; asynchronous, so that no thread is woken for that."""
    return TaskName(campaign, branch, stage, task)


Asked = Annotated[TaskName, Depends(asked_for)]
"""The task that an address names."""


@router.get(TASK)
def show_task(here: Visitor, name: Asked) -> Response:
    """Show a task with its answer, or the form for one."""
    return _page(here, name)


@router.post(TASK + "/complete")
def take_answer(here: FormVisitor, sent: Sent, name: Asked) -> Response:
    """Complete the task with figures, note and a file; evidence that could be taken is kept whatever else is wrong."""
    caller = caller_of(here, Permission.ANSWER)
    fields = Fields(sent)
    named = name.named._replace(scope=caller.scope)
    answer = read_answer(fields, named, sent.text(SEEN), caller.actor, here.now)
    try:
        if sent.file is not None and answer.seen == _read(here, name).work(name.stage, name.task).task.seen:
            _add_file(here, sent, name, caller.actor, fields)
        if not fields.faults:
            here.site.clerk.complete(name.campaign, answer)
            return _done(here, sent, name)
    except WrongFigures as wrong:
        fields.faults |= {f"{FIGURE}{code}": fault for code, fault in wrong.faults.items()}
    except NoEvidence as refusal:
        fields.faults[FILE] = refusal
    except Stale as stale:
        if is_this_answer(_read(here, name).work(name.stage, name.task), answer):
            return _done(here, sent, name)
        return _page(here, name, sent, FORM, said=stale)
    return _page(here, name, sent, FORM, faults=fields.faults)


@router.post(TASK + "/reopen")
def take_reopening(here: FormVisitor, sent: Sent, name: Asked) -> Response:
    """Open the task again, with a reason."""
    caller = caller_of(here, Permission.ANSWER)
    _read(here, name).work(name.stage, name.task)
    fields = Fields(sent)
    reason = fields.words("reason", LONGEST_REASON, needed=True)
    if reason is None:
        return _page(here, name, sent, REOPEN, faults=fields.faults)
    try:
        reopen(
            here.house,
            name.campaign,
            name.named,
            reason=reason,
            actor=caller.actor,
            now=here.now,
            seen=sent.text(SEEN),
        )
    except Stale as stale:
        return _page(here, name, sent, REOPEN, said=stale)
    return and_tell(name.address(here), "reopened")


@router.post(TASK + "/extension")
def take_wish(here: FormVisitor, sent: Sent, name: Asked) -> Response:
    """Ask for a later last day."""
    caller = caller_of(here, Permission.ANSWER)
    _read(here, name).work(name.stage, name.task)
    fields = Fields(sent)
    until, reason = fields.day("until", needed=True), fields.words("reason", LONGEST_REASON, needed=True)
    if until is None or reason is None:
        return _page(here, name, sent, EXTENSION, faults=fields.faults)
    wish = Wish(name.branch, name.named.task, until, reason, sent.text(SEEN))
    try:
        ask_extension(here.house, name.campaign, wish, actor=caller.actor, now=here.now)
    except Stale as stale:
        return _page(here, name, sent, EXTENSION, said=stale)
    except Refusal as refusal:
        if _is_asked(_read(here, name).work(name.stage, name.task), wish, caller.actor):
            return and_tell(name.address(here), "asked")
        return _page(here, name, sent, EXTENSION, faults={"until": refusal})
    return and_tell(name.address(here), "asked")


@router.post(TASK + "/extension/{number}/withdraw")
def take_withdrawal(here: FormVisitor, name: Asked, number: int) -> Response:
    """Take a request for a later day back."""
    caller = caller_of(here, Permission.ANSWER)
    _read(here, name).work(name.stage, name.task)
    withdraw_extension(here.house, number, actor=caller.actor, now=here.now, scope=caller.scope)
    return and_tell(name.address(here), "withdrawn")


@router.post(TASK + "/evidence")
def take_evidence(here: FormVisitor, sent: Sent, name: Asked) -> Response:
    """Add a file, before or after the task is completed."""
    caller = caller_of(here, Permission.ANSWER)
    _read(here, name).work(name.stage, name.task)
    fields = Fields(sent)
    if sent.file is None:
        fields.faults[FILE] = Refusal("choose a file first")
    else:
        _add_file(here, sent, name, caller.actor, fields)
    if fields.faults:
        return _page(here, name, sent, EVIDENCE, faults=fields.faults)
    return and_tell(name.address(here), "added")


@router.post(TASK + "/evidence/{number}/remove")
def take_removal(here: FormVisitor, name: Asked, number: int) -> Response:
    """Remove a file that was added by mistake."""
    caller = caller_of(here, Permission.ANSWER)
    _read(here, name).work(name.stage, name.task)
    remove_evidence(here.house, number, actor=caller.actor, now=here.now, scope=caller.scope)
    return and_tell(name.address(here), "removed")


def _read(here: Here, name: TaskName) -> BranchState:
    """Read the branch within the caller's scope: whatever is written to is found here first."""
    return read_branch(here.house, name.campaign, name.branch, now=here.now, scope=caller_of(here).scope)


def _add_file(here: Here, sent: SentForm, name: TaskName, actor: str, fields: Fields) -> None:
    file = sent.file
    if file is None:
        return
    if file.too_large:
        most = here.house.settings.evidence_megabytes
        fields.faults[FILE] = Refusal("{name}: is larger than {most} MB", name=file.name, most=most)
        return
    try:
        new = NewEvidence(name.branch, name.named.task, file.name, file.content, here.now, actor)
        add_evidence(here.house, name.campaign, [new])
    except Unknown:
        raise
    except Refusal as refusal:
        fields.faults[FILE] = refusal


def _done(here: Here, sent: SentForm, name: TaskName) -> Response:
    """Show what was done: the row alone for a script, else the page that the form was on."""
    if _in_place(here):
        return _page(here, name)
    match sent.text("back"):
        case "list" if here.token:
            return and_tell(here.home, "done")
        case "branch":
            return and_tell(branch_address(here.root, name.campaign, name.branch), "done")
        case _:
            return and_tell(name.address(here), "done")


def _page(
    here: Here,
    name: TaskName,
    sent: SentForm | None = None,
    form: str = "",
    *,
    faults: Mapping[str, Refusal] | None = None,
    said: Refusal | None = None,
) -> Response:
    """Show the task as it is now, with what was typed into a form of it and what is wrong."""
    branch = _read(here, name)
    work = branch.work(name.stage, name.task)
    typed = with_faults(form, sent.fields, faults or {}, here.language) if sent else NOTHING
    if typed.wrong and not _has_form(work, form):
        said = _why_gone(work, form)
    status = HTTPStatus.CONFLICT if said else HTTPStatus.UNPROCESSABLE_ENTITY if typed.wrong else HTTPStatus.OK
    template = "row.html" if _in_place(here) else "task.html"
    response = page(
        here,
        template,
        status=status,
        branch=branch,
        work=work,
        typed=typed,
        said=say_reason(said, here.language) if said else "",
        back=sent.text("back") if sent else "",
    )
    if _in_place(here):
        response.headers[IN_PLACE] = "yes"
    return response


def _is_asked(work: WorkState, wish: Wish, actor: str) -> bool:
    """Tell whether the request that waits is this very one: a second click."""
    there = work.waiting
    return there is not None and (there.asked_by, there.until, there.reason) == (actor, wish.until, wish.reason)


def _has_form(work: WorkState, form: str) -> bool:
    """Tell whether the page still has a form, to say beside its fields what is wrong with them."""
    status = work.task.status
    if form == REOPEN:
        return status is not AssignmentStatus.OPEN
    if form == EVIDENCE:
        return status is AssignmentStatus.DONE
    return status is AssignmentStatus.OPEN and not (form == EXTENSION and work.waiting)


def _why_gone(work: WorkState, form: str) -> Refusal:
    task = work.task
    label = joined(" ", (work.branch, Titled(task.task, task.spec.title)))
    if form == EXTENSION and task.status is AssignmentStatus.OPEN and work.waiting is not None:
        return waits_already(label, work.waiting.asked_by, work.waiting.until)
    return changed_meanwhile(label, task.status, task.done_by)


def _in_place(here: Here) -> bool:
    return IN_PLACE in here.request.headers

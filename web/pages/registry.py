"""The registry: a file is looked at, and imported at a second click."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Form, Response

from actions.import_registry import import_registry
from actions.preview_registry import SHOWN, RegistryPreview, preview_registry
from actions.registry.branches import Change
from actions.registry.looked_at import keep_looked_at, take_looked_at
from actions.registry.reading import read_file
from config.errors import Fault, FaultyFile, Forbidden, Refusal
from config.registry import Registry
from config.sheets import Source
from config.vocabulary import EventKind, OpenWork, Permission
from web.context import Here
from web.differences import Difference, compare
from web.facts import Facts
from web.forms import Sent
from web.identity.doors import FormUser, FormVisitor, User, caller_of
from web.inputs import Text, done
from web.labels import label_of
from web.limits import LARGEST_REGISTRY
from web.rendering import page

router = APIRouter()

HERE = "/registry"
NAME = "registry"
"""What a file is called in its faults."""
FEW = 10
"""How many of the branches that a file does not name are named on the page."""
LARGEST = LARGEST_REGISTRY
"""Bytes; 140,000 rows have ten million."""


@router.get(HERE)
def show_registry(here: User, done: str = "") -> Response:
    """Ask for a file."""
    _keeper(here)
    return _show(here, done=done)


@router.post(HERE + "/check")
def check(here: FormVisitor, sent: Sent) -> Response:
    """Show what a file would change, and the rows that cannot be taken; nothing is written."""
    _keeper(here)
    data = sent.file.take(LARGEST) if sent.file else b""
    skip = sent.text("skip")
    if data is None:
        raise Refusal(
            "the file is larger than {most} MiB; import it at the command line, or in parts", most=LARGEST >> 20
        )
    try:
        preview = preview_registry(here.house, _read(here, data), skip_rejected=bool(skip))
    except FaultyFile as faulty:
        return _show(here, faults=faulty.faults)
    return _show(here, preview=preview, carried=keep_looked_at(here.house, data, here.now), skip=skip)


@router.post(HERE)
def take(
    here: FormUser, carried: Text = "", skip: Text = "", open_work: Annotated[OpenWork, Form()] = OpenWork.FOLLOW
) -> Response:
    """Import the file that was looked at; imported before, it changes nothing."""
    actor = _keeper(here)
    read, skips = _read(here, take_looked_at(here.house, carried)), bool(skip)
    imported = import_registry(here.house, read, skip_rejected=skips, open_work=open_work, actor=actor, now=here.now)
    if imported.is_hindered:
        found = preview_registry(here.house, read, skip_rejected=skips)
        return _show(here, preview=found, carried=carried, skip=skip)
    return done(HERE, "imported")


def _read(here: Here, data: bytes) -> Registry:
    return read_file(here.house, Source(NAME, data=data))


def _keeper(here: Here) -> str:
    """Return who asks; Forbidden for whoever keeps people in a part of the tree alone."""
    caller = caller_of(here, Permission.KEEP_PEOPLE)
    if not caller.scope.is_everything:
        raise Forbidden("the registry is one for the whole tree; a coordinator of everything imports it")
    return caller.actor


def _changes(here: Here, branch: Change) -> tuple[Difference, ...]:
    facts = Facts(here.language, here.zone)
    return compare(
        branch.before,
        branch.after,
        lambda name: label_of(name, here.language),
        lambda name, value: facts.say(EventKind.BRANCH_CHANGED, name, value),
    )


def _first_changes(here: Here, preview: RegistryPreview) -> tuple[tuple[str, str, tuple[Difference, ...]], ...]:
    """Give the first branches that change: code, name, and what is different."""
    first = islice(preview.changes.items(), SHOWN)
    return tuple((code, branch.name, _changes(here, branch)) for code, branch in first)


def _show(
    here: Here,
    *,
    done: str = "",
    faults: tuple[Fault, ...] = (),
    preview: RegistryPreview | None = None,
    carried: str = "",
    skip: str = "",
) -> Response:
    is_wrong = bool(faults or (preview and preview.is_hindered))
    return page(
        here,
        "registry.html",
        status=422 if is_wrong else 200,
        done=done,
        faults=faults,
        preview=preview,
        carried=carried,
        skip=skip,
        changes=_first_changes(here, preview) if preview else (),
        shown=SHOWN,
        few=FEW,
        most=LARGEST >> 20,
    )

"""Add evidence: keep a photo, a PDF or an Office file with a piece of work."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from os import SEEK_END
from secrets import token_hex
from typing import IO

from sqlmodel import Session, col, select

from actions.assignments.named import Named, Work, lock_work
from actions.events import event_row, record
from actions.evidence.kinds import KINDS, find_kind
from actions.evidence.names import clean_name
from actions.evidence.photos.bare import bare_photo
from actions.evidence.photos.damage import Damaged
from actions.evidence.store import CHUNK, Store
from actions.house import House
from actions.participants import enrolled
from actions.rulebook import Rulebook, open_rulebook
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.database import snapshot, transaction
from models.evidence import Evidence


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A file for a piece of work (`task` or `stage/task`): the name that it came with, and its bytes."""

    branch: str
    task: str
    name: str
    content: IO[bytes] = field(repr=False)
    at: datetime
    actor: str

    @property
    def work(self) -> Named:
        """The work it belongs to."""
        return Named(self.branch, self.task)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was found out about a file, the path at which it is kept, and the bytes that are kept."""

    name: str
    media_type: str
    size: int
    digest: str
    place: str
    content: IO[bytes] = field(repr=False)


def add_evidence(house: House, campaign: str, files: Sequence[NewEvidence]) -> tuple[int, ...]:
    """Keep files, all in one transaction; return their numbers in the same order.

    The bytes are in the store before the rows are committed: a crash between leaves files that no row names, which
    `sweep_evidence` removes. A file that the work has already is not kept twice, and its number is returned. Raises
    Refusal for one that is empty, too large, damaged or of a kind that is not taken, by its content, for unknown and
    waived work, and for a store that cannot be written; nothing is then kept. Of a photo the picture is kept, without
    where, when and with what it was taken.
    """
    with snapshot(house.engine) as session:
        # What is part of a path has to be a code of the registry.
        enrolled(session, open_rulebook(session, house, campaign), [file.branch for file in files])
    checked = [_check(file, campaign, house.settings.evidence_bytes) for file in files]
    store = Store(house.settings.evidence_place)
    with _kept(store, checked) as surplus, transaction(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        works = lock_work(session, rulebook, [file.work for file in files])
        there = _there(session, [work.id for work in works.values()])
        numbers = []
        for file, found in zip(files, checked, strict=True):
            work = works[file.work]
            if work.status is AssignmentStatus.WAIVED:
                raise Refusal("{work}: is waived; reopen it before evidence is added", work=work.titled(rulebook))
            key = (work.id, found.digest)
            if key in there:
                surplus.append(found.place)
            else:
                there[key] = _add(session, rulebook, work, file, found)
            numbers.append(there[key])
    return tuple(numbers)


def _check(file: NewEvidence, campaign: str, most: int) -> _Checked:
    named = clean_name(file.name, "")
    size = _measure(file.content, most)
    if size > most:
        raise Refusal("{name}: is larger than {most} MB", name=named, most=most // 1024**2)
    if size == 0:
        raise Refusal("{name}: is empty", name=named)
    kind = find_kind(file.content)
    if kind is None:
        raise Refusal(
            "{name}: is no photo (JPEG, PNG, WebP, HEIC), PDF or Office file, whatever it is called", name=named
        )
    try:
        content = bare_photo(file.content, kind)
    except Damaged:
        raise Refusal("{name}: is damaged; take the photo again, or send it in another form", name=named) from None
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    kept_size = content.seek(0, SEEK_END)
    content.seek(0)
    place = f"{campaign}/{file.branch}/{token_hex(16)}{KINDS[kind]}"
    return _Checked(clean_name(file.name, KINDS[kind]), kind, kept_size, digest, place, content)


def _measure(content: IO[bytes], most: int) -> int:
    """Count bytes, no further than is needed to see that they are too many; its place is the start again."""
    size = 0
    while size <= most and (chunk := content.read(CHUNK)):
        size += len(chunk)
    content.seek(0)
    return size


@contextmanager
def _kept(store: Store, checked: Sequence[_Checked]) -> Iterator[list[str]]:
    """Put files into the store for the block; take them out again when it refuses, or says that they are surplus.

    After any other end nobody knows whether the rows were committed: the files stay, and the sweep finds out.
    """
    put: list[str] = []
    surplus: list[str] = []
    try:
        for found in checked:
            store.put(found.place, found.content)
            put.append(found.place)
        yield surplus
    except Refusal:
        surplus = put
        raise
    finally:
        for place in surplus:
            store.remove(place)


def _there(session: Session, works: Sequence[int]) -> dict[tuple[int, str], int]:
    query = select(Evidence).where(col(Evidence.assignment_id).in_(works), col(Evidence.removed_at).is_(None))
    return {(kept.assignment_id, kept.digest): kept.id for kept in session.exec(query)}


def _add(session: Session, rulebook: Rulebook, work: Work, file: NewEvidence, found: _Checked) -> int:
    kept = Evidence(
        assignment_id=work.id,
        name=found.name,
        media_type=found.media_type,
        size=found.size,
        digest=found.digest,
        place=found.place,
        added_at=file.at,
        added_by=file.actor,
    )
    session.add(kept)
    session.flush()
    after: Mapping[str, object] = {"number": kept.id, "name": found.name, "size": found.size, "digest": found.digest}
    added = event_row(
        EventKind.EVIDENCE_ADDED,
        work.label,
        at=file.at,
        actor=file.actor,
        campaign_id=rulebook.campaign_id,
        branch_id=work.branch_id,
        after=after,
    )
    record(session, added)
    return kept.id

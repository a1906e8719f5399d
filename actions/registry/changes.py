"""What an import changed, as events of the audit record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from actions.events import event_row
from actions.registry.branches import BranchDiff
from actions.registry.officers import OfficerDiff
from config.vocabulary import EventKind
from models.branch import Branch
from models.dialects import in_chunks


def change_events(
    session: Session,
    branches: BranchDiff,
    officers: OfficerDiff,
    handed: Mapping[str, Sequence[int]],
    *,
    actor: str,
    now: datetime,
) -> Iterator[dict[str, Any]]:
    """Compose an event for each branch that changed, each officer renamed and each address added to one who was there.

    What is new is no event of its own: the import counts it. Of an address only the service is told, of a number
    only that it changed. `handed` are the problems that went to the successor of a branch, by its code.
    """
    ids = _ids(session, branches)
    for code, change in branches.changed.items():
        before, after = _told(change.before), _told(change.after)
        if code in handed:
            after["problems"] = list(handed[code])
        yield event_row(
            EventKind.BRANCH_CHANGED, code, at=now, actor=actor, branch_id=ids[code], before=before, after=after
        )
    for code, name in officers.renamed.items():
        before, after = {"name": officers.names_before[code]}, {"name": name}
        yield event_row(EventKind.OFFICER_CHANGED, code, at=now, actor=actor, before=before, after=after)
    for channel in officers.channels:
        if channel.officer not in officers.new:
            after = {"service": channel.service}
            yield event_row(EventKind.CHANNEL_ADDED, channel.officer, at=now, actor=actor, after=after)


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: "…" if name == "phone" and value else value for name, value in values.items()}


def _ids(session: Session, branches: BranchDiff) -> dict[str, int]:
    ids: dict[str, int] = {}
    for run in in_chunks(list(branches.changed)):
        query = select(col(Branch.code), col(Branch.id)).where(col(Branch.code).in_(run))
        ids |= dict(session.execute(query).tuples().all())
    return ids

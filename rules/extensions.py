"""Which of several extensions counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """A deadline granted to the branch itself (own) or to a unit that it belongs to."""

    due_at: datetime
    own: bool


def effective_due(base: datetime, grants: Iterable[Grant]) -> datetime:
    """Find the deadline that counts; grants come in the order in which they were decided.

    The latest decision counts, except that one for a unit never shortens what the branch itself was
    granted; and no extension is earlier than the deadline by the rule.
    """
    own: datetime | None = None
    latest: datetime | None = None
    for grant in grants:
        if grant.own:
            own = latest = grant.due_at
        else:
            latest = grant.due_at if own is None else max(own, grant.due_at)
    return base if latest is None else max(base, latest)

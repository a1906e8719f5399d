"""Sweep the store of evidence: remove what no answer names."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from actions.evidence.store import Store
from actions.house import House
from models.database import snapshot
from models.evidence import Evidence

SPARED = timedelta(days=1)
"""How young a file is left alone: its row may be about to be written."""


def sweep_evidence(house: House, *, now: datetime) -> int:
    """Remove the files that a crash left behind and those whose evidence was removed; return how many there were."""
    store = Store(house.settings.evidence_place)
    left = set(store.paths(before=now - SPARED))
    with snapshot(house.engine) as session:
        left -= set(session.scalars(select(col(Evidence.place)).where(col(Evidence.removed_at).is_(None))))
    for path in left:
        store.remove(path)
    return len(left)

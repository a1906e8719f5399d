"""Every ledger that entries are written in, by its code."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from config.ledgers.bulletin import BulletinEntry
from config.ledgers.contact import ContactEntry
from config.ledgers.coverage import CoverageEntry
from config.ledgers.entry import Entry
from config.ledgers.exemplar import ExemplarEntry
from config.ledgers.foundation import FoundationEntry
from config.ledgers.grading import GradingEntry
from config.ledgers.meeting import MeetingEntry
from config.ledgers.suggestion import SuggestionEntry
from config.ledgers.survey import SurveyEntry
from config.ledgers.target import TargetEntry
from config.ledgers.training import TrainingEntry
from config.ledgers.visit import VisitEntry
from config.vocabulary import LedgerCode

LEDGERS: Mapping[LedgerCode, type[Entry]] = {
    entry.ledger: entry
    for entry in (
        VisitEntry,
        ExemplarEntry,
        BulletinEntry,
        TrainingEntry,
        SuggestionEntry,
        MeetingEntry,
        SurveyEntry,
        ContactEntry,
        CoverageEntry,
        FoundationEntry,
        GradingEntry,
        TargetEntry,
    )
}


def by_ledger(entries: Iterable[Entry]) -> Mapping[LedgerCode, list[Entry]]:
    """Sort entries by the ledger that they are written in."""
    found: defaultdict[LedgerCode, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.ledger].append(entry)
    return found

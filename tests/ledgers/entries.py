"""Entries as people write them, one for each ledger; about branch U1-1 or unit U1 unless said otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from actions.house import House
from actions.measures.extent import Extent
from actions.measures.parts import parts_below
from actions.reading.measures import UnitFigures, table_of_figures
from actions.rulebook import open_rulebook
from config.ledgers.all import LEDGERS
from config.ledgers.entry import BranchEntry, Entry
from config.vocabulary import LedgerCode, Measure
from models.database import snapshot
from models.scope import EVERYTHING
from tests.records import CAMPAIGN

WRITTEN: dict[LedgerCode, dict[str, Any]] = {
    LedgerCode.VISITS: {"officer": "OU1-1", "way": "lecture", "persons": "3", "findings": "账目齐全"},
    LedgerCode.EXEMPLARS: {"name": "车间党员示范岗", "level": "city", "category": "practice", "told_on_tour": "true"},
    LedgerCode.BULLETINS: {
        "issue": 1,
        "issuer": "指导组",
        "headline": "开局",
        "since": "2009-09-01",
        "until": "2009-09-10",
        "body": "第一段\n第二段",
    },
    LedgerCode.TRAINING: {"topic": "怎样查找问题", "audience": "key_staff", "persons": 40},
    LedgerCode.SUGGESTIONS: {"subject": "食堂", "made": 12, "adopted": 5, "effective": 5},
    LedgerCode.MEETINGS: {"kind": "enterprises", "topic": "座谈", "parties": 6, "persons": 9},
    LedgerCode.SURVEYS: {"since": "2009-09-07", "subject": "企业底数", "persons": 6, "organisations": 41},
    LedgerCode.CONTACTS: {"leader": "王某", "post": "副市长"},
    LedgerCode.COVERAGE: {
        "enterprises": 423,
        "sole_traders": 0,
        "employees": 12031,
        "members": 675,
        "enterprises_with_members": 60,
        "committees": 2,
        "branches": 37,
        "joint_branches": 2,
    },
    LedgerCode.FOUNDATIONS: {
        "enterprise": "某机械厂",
        "kind": "branch",
        "status": "prospect",
        "employees": 120,
        "full_members": 3,
        "officer": "OU1-2",
    },
    LedgerCode.GRADINGS: {"grade": "good", "grounds": "三会齐全"},
    LedgerCode.TARGETS: {"measure": "visits", "wanted": 30, "person": "李某", "due": "2009-12-31"},
}


def an_entry(ledger: LedgerCode, day: str = "2009-09-10", place: str | None = None, **more: Any) -> Entry:
    """An entry of a ledger, with what is said otherwise; None leaves a column out."""
    entry = LEDGERS[ledger]
    about = {"branch": place or "U1-1"} if issubclass(entry, BranchEntry) else {"unit": place or "U1"}
    said = {"day": day, **about, **WRITTEN[ledger], **more}
    return entry.model_validate({column: value for column, value in said.items() if value is not None})


def figures_by_part(house: House, measures: Sequence[Measure], until: date | None = None) -> tuple[UnitFigures, ...]:
    """What measures of the trial come to in each part of the whole tree."""
    with snapshot(house.engine) as session:
        extent = Extent.of(open_rulebook(session, house, CAMPAIGN), until=until)
        return table_of_figures(session, extent, measures, parts_below(session, None, EVERYTHING)).parts

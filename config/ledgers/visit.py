"""The ledger of visits."""

from typing import Annotated, ClassVar

from config.definition.text import Text
from config.ledgers.columns import Blank, OfficerCode, Some, Title, Words
from config.ledgers.entry import BranchEntry
from config.vocabulary import LedgerCode, VisitWay


class VisitEntry(BranchEntry):
    """The guidance group came to a branch."""

    ledger: ClassVar[LedgerCode] = LedgerCode.VISITS
    title: ClassVar[Text] = Text(zh="指导走访", en="Visits")

    officer: Annotated[OfficerCode | None, Blank, Title("人员编码", "Officer")] = None
    way: Annotated[VisitWay, Title("方式", "Way")]
    persons: Annotated[Some, Title("人次", "Person-times")]
    findings: Annotated[Words | None, Blank, Title("发现的情况", "Findings")] = None

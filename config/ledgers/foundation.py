"""The ledger of organisations on their way."""

from typing import Annotated, ClassVar

from config.definition.text import Text
from config.ledgers.columns import Blank, Count, Day, Line, OfficerCode, Title
from config.ledgers.entry import UnitEntry
from config.vocabulary import BranchKind, FoundationStatus, LedgerCode


class FoundationEntry(UnitEntry):
    """An enterprise is to have an organisation, or has founded it on `day`."""

    ledger: ClassVar[LedgerCode] = LedgerCode.FOUNDATIONS
    title: ClassVar[Text] = Text(zh="组建台账", en="Foundations")

    day: Annotated[Day, Title("状态日期", "Day of the status")]
    enterprise: Annotated[Line, Title("企业名称", "Enterprise")]
    kind: Annotated[BranchKind, Title("组织类型", "Kind")]
    status: Annotated[FoundationStatus, Title("状态", "Status")]
    employees: Annotated[Count, Title("职工人数", "Employees")]
    full_members: Annotated[Count, Title("正式党员数", "Full members")]
    officer: Annotated[OfficerCode | None, Blank, Title("人员编码", "Officer")] = None

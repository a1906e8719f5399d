"""The ledger of meetings."""

from typing import Annotated, ClassVar

from config.definition.text import Text
from config.ledgers.columns import Count, Line, Some, Title
from config.ledgers.entry import UnitEntry
from config.vocabulary import LedgerCode, MeetingKind


class MeetingEntry(UnitEntry):
    """Departments, enterprises or a group met."""

    ledger: ClassVar[LedgerCode] = LedgerCode.MEETINGS
    title: ClassVar[Text] = Text(zh="会议", en="Meetings")

    kind: Annotated[MeetingKind, Title("会议类型", "Kind")]
    topic: Annotated[Line, Title("议题", "Topic")]
    parties: Annotated[Count, Title("参会单位数", "Parties")]
    persons: Annotated[Some, Title("参会人数", "Persons")]

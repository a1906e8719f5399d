"""The ledger of gradings."""

from typing import Annotated, ClassVar

from config.definition.text import Text
from config.ledgers.columns import Blank, Title, Words
from config.ledgers.entry import BranchEntry
from config.vocabulary import Grade, LedgerCode, Permission


class GradingEntry(BranchEntry):
    """A branch was graded; the latest entry holds, and all before are its history."""

    ledger: ClassVar[LedgerCode] = LedgerCode.GRADINGS
    title: ClassVar[Text] = Text(zh="支部评级", en="Gradings")
    permission: ClassVar[Permission] = Permission.DECIDE

    grade: Annotated[Grade, Title("等次", "Grade")]
    grounds: Annotated[Words | None, Blank, Title("依据", "Grounds")] = None

"""The ledger of leaders' contact points."""

from typing import Annotated, ClassVar

from config.definition.text import Text
from config.ledgers.columns import Blank, Day, Line, Name, Title
from config.ledgers.entry import BranchEntry
from config.vocabulary import LedgerCode, Permission


class ContactEntry(BranchEntry):
    """A leader took a branch on; the latest entry of a branch holds."""

    ledger: ClassVar[LedgerCode] = LedgerCode.CONTACTS
    title: ClassVar[Text] = Text(zh="领导联系点", en="Leaders' contact points")
    permission: ClassVar[Permission] = Permission.DECIDE

    day: Annotated[Day, Title("开始日期", "Since")]
    leader: Annotated[Name, Title("领导姓名", "Leader")]
    post: Annotated[Line | None, Blank, Title("职务", "Post")] = None

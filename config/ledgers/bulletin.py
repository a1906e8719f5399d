"""The ledger of bulletins."""

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from config.definition.text import Text
from config.errors import WrongValue
from config.ledgers.columns import Day, Line, Pages, Some, Title
from config.ledgers.entry import UnitEntry
from config.vocabulary import LedgerCode


class BulletinEntry(UnitEntry):
    """A numbered issue came out on `day`, on what happened in a period."""

    ledger: ClassVar[LedgerCode] = LedgerCode.BULLETINS
    title: ClassVar[Text] = Text(zh="简报", en="Bulletins")

    day: Annotated[Day, Title("签发日期", "Issued on")]
    issue: Annotated[Some, Title("期号", "Issue")]
    issuer: Annotated[Line, Title("签发单位", "Issuer")]
    headline: Annotated[Line, Title("标题", "Headline")]
    since: Annotated[Day, Title("起始日期", "From")]
    until: Annotated[Day, Title("截止日期", "Through")]
    body: Annotated[Pages, Title("正文", "Text")]

    @model_validator(mode="after")
    def _begin_before_the_end(self) -> Self:
        if self.since > self.until:
            raise WrongValue("a period from {since} through {until}", since=self.since, until=self.until)
        return self

"""The ledger of surveys."""

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from config.definition.text import Text
from config.errors import WrongValue
from config.ledgers.columns import Blank, Count, Day, Line, Some, Title, Words
from config.ledgers.entry import UnitEntry
from config.vocabulary import LedgerCode


class SurveyEntry(UnitEntry):
    """People went round to find out how things stand, from `since` through `day`.

    `persons` counts those who went, each once; `organisations` those that they came to.
    """

    ledger: ClassVar[LedgerCode] = LedgerCode.SURVEYS
    title: ClassVar[Text] = Text(zh="调查摸底", en="Surveys")

    day: Annotated[Day, Title("结束日期", "Ended on")]
    since: Annotated[Day, Title("开始日期", "Begun on")]
    subject: Annotated[Line, Title("内容", "Subject")]
    persons: Annotated[Some, Title("参加人数", "Persons")]
    organisations: Annotated[Count, Title("受调查单位数", "Organisations")]
    findings: Annotated[Words | None, Blank, Title("发现的情况", "Findings")] = None

    @model_validator(mode="after")
    def _begin_before_the_end(self) -> Self:
        if self.since > self.day:
            raise WrongValue("a period from {since} through {until}", since=self.since, until=self.day)
        return self

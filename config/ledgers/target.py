"""The ledger of responsibility targets."""

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from config.definition.text import Text
from config.errors import WrongValue
from config.ledgers.columns import Day, Name, Some, Title
from config.ledgers.entry import UnitEntry
from config.vocabulary import LedgerCode, Measure


class TargetEntry(UnitEntry):
    """A unit is to reach a number of a measure by a day, and somebody answers for it."""

    ledger: ClassVar[LedgerCode] = LedgerCode.TARGETS
    title: ClassVar[Text] = Text(zh="目标责任", en="Targets")

    day: Annotated[Day, Title("下达日期", "Set on")]
    measure: Annotated[Measure, Title("指标", "Measure")]
    wanted: Annotated[Some, Title("目标值", "Wanted")]
    person: Annotated[Name, Title("责任人", "Person")]
    due: Annotated[Day, Title("期限", "Due")]

    @model_validator(mode="after")
    def _set_before_it_is_due(self) -> Self:
        if self.due < self.day:
            raise WrongValue("due on {due}, before it was set on {day}", due=self.due, day=self.day)
        return self

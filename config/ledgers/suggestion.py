"""The ledger of suggestions."""

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from config.definition.text import Text
from config.errors import WrongValue
from config.ledgers.columns import Count, Line, Some, Title
from config.ledgers.entry import BranchEntry
from config.vocabulary import LedgerCode


class SuggestionEntry(BranchEntry):
    """The staff of a branch made suggestions on one subject."""

    ledger: ClassVar[LedgerCode] = LedgerCode.SUGGESTIONS
    title: ClassVar[Text] = Text(zh="职工建议", en="Suggestions")

    subject: Annotated[Line, Title("内容", "Subject")]
    made: Annotated[Some, Title("提出条数", "Made")]
    adopted: Annotated[Count, Title("采纳条数", "Adopted")]
    effective: Annotated[Count, Title("见效条数", "Effective")]

    @model_validator(mode="after")
    def _keep_parts_within_the_whole(self) -> Self:
        if self.adopted > self.made:
            raise WrongValue("{adopted} adopted of {made} made", adopted=self.adopted, made=self.made)
        if self.effective > self.adopted:
            raise WrongValue(
                "{effective} effective of {adopted} adopted", effective=self.effective, adopted=self.adopted
            )
        return self

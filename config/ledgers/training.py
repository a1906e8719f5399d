"""The ledger of training."""

from typing import Annotated, ClassVar

from config.definition.text import Text
from config.ledgers.columns import Line, Some, Title
from config.ledgers.entry import UnitEntry
from config.vocabulary import LedgerCode, TrainingAudience


class TrainingEntry(UnitEntry):
    """A session was held."""

    ledger: ClassVar[LedgerCode] = LedgerCode.TRAINING
    title: ClassVar[Text] = Text(zh="培训", en="Training")

    topic: Annotated[Line, Title("主题", "Topic")]
    audience: Annotated[TrainingAudience, Title("对象", "Audience")]
    persons: Annotated[Some, Title("人次", "Person-times")]

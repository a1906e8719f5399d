"""Training: sessions, and how many came."""

from sqlmodel import Field

from config.vocabulary import TrainingAudience
from models.base import choice
from models.ledgers.entry import LedgerRow, numbered


class Training(LedgerRow, table=True):
    """A session; `persons` counts everyone who came, so that a ledger adds up to person-times."""

    __tablename__ = "training"
    __table_args__ = numbered("training")

    topic: str = Field(max_length=400)
    audience: TrainingAudience = Field(sa_type=choice(TrainingAudience))
    persons: int

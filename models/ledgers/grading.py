"""Gradings: how branches were graded, with all that went before."""

from sqlmodel import Field

from config.vocabulary import Grade
from models.base import choice
from models.ledgers.entry import LedgerRow, numbered


class Grading(LedgerRow, table=True):
    """The grade of a branch from `day` on."""

    __tablename__ = "grading"
    __table_args__ = numbered("grading")

    grade: Grade = Field(sa_type=choice(Grade))
    grounds: str | None = Field(default=None, max_length=2000)

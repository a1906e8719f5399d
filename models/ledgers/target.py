"""Targets: what a unit answers for, by whom and until when."""

from datetime import date

from sqlmodel import Field

from config.vocabulary import Measure
from models.base import choice
from models.ledgers.entry import LedgerRow, numbered


class Target(LedgerRow, table=True):
    """A number of a measure that a unit is to reach; `day` is the day on which it was set."""

    __tablename__ = "target"
    __table_args__ = numbered("target")

    measure: Measure = Field(sa_type=choice(Measure))
    wanted: int
    person: str = Field(max_length=100)
    due: date

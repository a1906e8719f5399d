"""Exemplars: who and what the campaign holds up as an example."""

from sqlmodel import Field

from config.vocabulary import ExemplarCategory, UnitLevel
from models.base import choice
from models.ledgers.entry import LedgerRow, numbered


class Exemplar(LedgerRow, table=True):
    """An exemplar picked at a level of the tree, and the ways in which it was made known."""

    __tablename__ = "exemplar"
    __table_args__ = numbered("exemplar")

    name: str = Field(max_length=400)
    level: UnitLevel = Field(sa_type=choice(UnitLevel))
    category: ExemplarCategory = Field(sa_type=choice(ExemplarCategory))
    story_published: bool = False
    told_on_tour: bool = False
    shown_on_site: bool = False

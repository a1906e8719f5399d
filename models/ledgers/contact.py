"""Leaders' contact points: which leader answers for which branch."""

from sqlmodel import Field

from models.ledgers.entry import LedgerRow, numbered


class Contact(LedgerRow, table=True):
    """A leader who took a branch on at `day`; the latest one holds."""

    __tablename__ = "contact"
    __table_args__ = numbered("contact")

    leader: str = Field(max_length=100)
    post: str | None = Field(default=None, max_length=400)

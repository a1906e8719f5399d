"""Forms that were taken."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from models.base import Row


class TakenForm(Row, table=True):
    """A form that added something, and where it led, so that its repeat leads there too and adds nothing.

    `digest` is that of its mark and of all that was typed: another text in the same form is another one.
    """

    __tablename__ = "taken_form"

    digest: str = Field(max_length=64, primary_key=True)
    led_to: str = Field(sa_type=Text)
    at: datetime = Field(index=True)

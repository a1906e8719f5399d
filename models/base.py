"""The ground every table stands on: naming of constraints, and enums stored by value."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum
from sqlmodel import SQLModel

# Named constraints, so that a migration can drop or alter one on either database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """Stand under every table; rows are written from values that were validated before, not here.

    `id` is given by the database: read it only from a row that was read or flushed.
    """


def choice(vocabulary: type[StrEnum]) -> Any:
    """Store an enum as the text of its value, readable by any tool that opens the database."""
    return Enum(
        vocabulary,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )

"""Alembic's entry: run the migrations on the connection handed in by models.migrate."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from models.tables import complete_metadata


def _render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write a new revision in SQLAlchemy's own types, so that it does not change when an enum grows."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum | AutoString):
        return f"sa.String(length={item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=complete_metadata(),
    render_item=_render,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

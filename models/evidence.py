"""Evidence: files that belong to answers; what is in them lies outside the database."""

from datetime import datetime

from sqlmodel import Field

from models.base import Row


class Evidence(Row, table=True):
    """A photo, a PDF or an Office file of one assignment.

    `place` is its path in the store, `digest` the SHA-256 of its bytes, `media_type` what its content shows.
    """

    id: int = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=100)
    size: int
    digest: str = Field(max_length=64)
    place: str = Field(max_length=200, unique=True)
    added_at: datetime
    added_by: str = Field(max_length=100)
    removed_at: datetime | None = None
    removed_by: str | None = Field(default=None, max_length=100)

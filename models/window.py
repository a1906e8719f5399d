"""Windows: one stage for one wave, and what became of its gate."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from config.vocabulary import WindowStatus
from models.base import Row, choice


class Window(Row, table=True):
    """One stage for one wave.

    `first_day` and `last_day` are local days, `opens_at` and `closes_at` the instants they stand for;
    while `awaits_id` names a stage they are a forecast, set for good when that stage's window of the
    same wave closes. `announced_at` is when its opening was made known. `check_at` is when a study
    window is held against its pace. `blockers` is a JSON list of the gate's reasons at the last try.
    """

    __table_args__ = (UniqueConstraint("stage_id", "wave_id"),)

    id: int = Field(default=None, primary_key=True)
    stage_id: int = Field(foreign_key="stage.id")
    wave_id: int = Field(foreign_key="wave.id", index=True)
    status: WindowStatus = Field(default=WindowStatus.PLANNED, sa_type=choice(WindowStatus))
    awaits_id: int | None = Field(default=None, foreign_key="stage.id")
    first_day: date
    last_day: date
    opens_at: datetime
    closes_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    check_at: datetime | None = None
    checked_at: datetime | None = None
    blockers: str = Field(default="[]", sa_type=Text)
    approved_at: datetime | None = None
    approved_by: str | None = Field(default=None, max_length=100)
    overridden_at: datetime | None = None
    overridden_by: str | None = Field(default=None, max_length=100)
    override_reason: str | None = Field(default=None, max_length=1000)
    announced_at: datetime | None = None

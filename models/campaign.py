"""A campaign put to work: its waves, stages, tasks, and the branches enrolled in it."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Index, Text, UniqueConstraint
from sqlmodel import Field, col

from config.vocabulary import CampaignStatus, StageKind
from models.base import Row, choice


class Campaign(Row, table=True):
    """A definition put to work: `definition` is the copy it runs by, as JSON of `config.definition`."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    revision: int = 1
    status: CampaignStatus = Field(default=CampaignStatus.RUNNING, sa_type=choice(CampaignStatus))
    definition: str = Field(sa_type=Text)
    launched_at: datetime
    launched_by: str = Field(max_length=100)
    ended_at: datetime | None = None


class Wave(Row, table=True):
    """A set of branches that starts together on the local day `starts`."""

    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: int = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    code: str = Field(max_length=40)
    position: int
    starts: date


class Stage(Row, table=True):
    """A phase of the campaign, in the order of `position`."""

    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: int = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    code: str = Field(max_length=40)
    kind: StageKind = Field(sa_type=choice(StageKind))
    position: int


class Task(Row, table=True):
    """One item of a stage's check list; its words and due rule stand in the definition."""

    __table_args__ = (UniqueConstraint("stage_id", "code"),)

    id: int = Field(default=None, primary_key=True)
    stage_id: int = Field(foreign_key="stage.id")
    code: str = Field(max_length=40)
    position: int


class Enrolment(Row, table=True):
    """A branch at work in a campaign, in one wave, since the local day `joined_on`.

    `left_on` is the local day from which on it takes part no more, null while it does; `successor_id` is the branch
    that it went into then, where it was merged. `cleared_at` and `cleared_by` record that the branch declared to have
    no problems.
    """

    __table_args__ = (
        UniqueConstraint("campaign_id", "branch_id"),
        Index("ix_enrolment_wave_id_left_on", "wave_id", "left_on"),
    )

    id: int = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    branch_id: int = Field(foreign_key="branch.id", index=True)
    wave_id: int = Field(foreign_key="wave.id")
    joined_on: date
    cleared_at: datetime | None = None
    cleared_by: str | None = Field(default=None, max_length=100)
    left_on: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="branch.id")


TAKES_PART: ColumnElement[bool] = col(Enrolment.left_on).is_(None)
"""The enrolments of branches that have not left."""

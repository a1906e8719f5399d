"""Every table, imported once so that the metadata is complete for migrations and tests."""

from sqlalchemy import MetaData

from models.account import Account, Slot
from models.assignment import Assignment, Counter, Extension, FigureValue
from models.branch import Branch
from models.campaign import Campaign, Enrolment, Stage, Task, Wave
from models.event import Event
from models.evidence import Evidence
from models.mark import DayMark
from models.notice import Attempt, Delivery, Notice, NoticeLine
from models.officer import Channel, Officer
from models.problem import Problem
from models.request import ExtensionRequest
from models.silence import Silence
from models.unit import Unit
from models.user import FailedLogin, Login, Reply, Token, User
from models.window import Window

ALL = (
    Unit,
    Officer,
    Account,
    Channel,
    Branch,
    Campaign,
    Wave,
    Stage,
    Task,
    Enrolment,
    Window,
    Assignment,
    FigureValue,
    Counter,
    DayMark,
    Extension,
    Silence,
    Problem,
    Notice,
    NoticeLine,
    Delivery,
    Slot,
    Attempt,
    Event,
    ExtensionRequest,
    Evidence,
    User,
    Login,
    FailedLogin,
    Token,
    Reply,
)


def complete_metadata() -> MetaData:
    """Return the metadata with every table of the house in it."""
    (metadata,) = {table.metadata for table in ALL}
    return metadata

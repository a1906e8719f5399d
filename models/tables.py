"""Every table, imported once so that the metadata is complete for migrations and tests."""

from sqlalchemy import MetaData

from models.account import Account, Slot
from models.assignment import Assignment, Counter, Extension, FigureValue, Subtotal
from models.branch import Branch
from models.campaign import Campaign, Enrolment, Stage, Task, Wave
from models.ended import EndedBranch, EndedCounter
from models.event import Event
from models.evidence import Evidence
from models.form import TakenForm
from models.ledgers.bulletin import Bulletin
from models.ledgers.contact import Contact
from models.ledgers.coverage import Coverage
from models.ledgers.exemplar import Exemplar
from models.ledgers.foundation import Foundation
from models.ledgers.grading import Grading
from models.ledgers.meeting import Meeting
from models.ledgers.suggestion import Suggestion
from models.ledgers.survey import Survey
from models.ledgers.target import Target
from models.ledgers.training import Training
from models.ledgers.visit import Visit
from models.mark import DayMark, PartMark
from models.notice import Attempt, Delivery, Notice, NoticeLine
from models.officer import Channel, Officer
from models.problem import Problem
from models.request import ExtensionRequest
from models.returned import ReturnFigure, ReturnPart, UnitReturn
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
    Subtotal,
    DayMark,
    PartMark,
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
    TakenForm,
    Visit,
    Exemplar,
    Bulletin,
    Training,
    Suggestion,
    Meeting,
    Survey,
    Contact,
    Coverage,
    Foundation,
    Grading,
    Target,
    UnitReturn,
    ReturnFigure,
    ReturnPart,
    EndedBranch,
    EndedCounter,
)


def complete_metadata() -> MetaData:
    """Return the metadata with every table of the house in it."""
    (metadata,) = {table.metadata for table in ALL}
    return metadata

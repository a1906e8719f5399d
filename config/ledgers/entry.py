"""An entry of a ledger as people write it: by the codes they use, before anything is looked up."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict

from config.definition.text import Text
from config.ledgers.columns import BranchCode, Day, Title, UnitCode
from config.vocabulary import LedgerCode, Permission


class Entry(BaseModel):
    """What every ledger's entry has; it is a `BranchEntry` or a `UnitEntry`, with columns of its own.

    Made of text as well as of values, so that a form, a sheet and a program are checked alike; pydantic's
    ValidationError says what is wrong in which column, and `config.wording` says it in words.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    ledger: ClassVar[LedgerCode]
    title: ClassVar[Text]
    """What the ledger is called."""
    permission: ClassVar[Permission] = Permission.ANSWER
    """What is needed to write in it."""

    day: Annotated[Day, Title("日期", "Day")]


class BranchEntry(Entry):
    """An entry about a branch that takes part in the campaign."""

    branch: Annotated[BranchCode, Title("支部编码", "Branch")]


class UnitEntry(Entry):
    """An entry about a unit of the tree."""

    unit: Annotated[UnitCode, Title("单位编码", "Unit")]
    permission: ClassVar[Permission] = Permission.DECIDE

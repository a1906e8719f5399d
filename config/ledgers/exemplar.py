"""The ledger of exemplars."""

from typing import Annotated, ClassVar

from config.definition.text import Text
from config.ledgers.columns import Line, Title, Yes
from config.ledgers.entry import BranchEntry
from config.vocabulary import ExemplarCategory, LedgerCode, Permission, UnitLevel


class ExemplarEntry(BranchEntry):
    """Somebody or something is held up as an example."""

    ledger: ClassVar[LedgerCode] = LedgerCode.EXEMPLARS
    title: ClassVar[Text] = Text(zh="典型", en="Exemplars")
    permission: ClassVar[Permission] = Permission.DECIDE

    name: Annotated[Line, Title("名称", "Name")]
    level: Annotated[UnitLevel, Title("级别", "Level")]
    category: Annotated[ExemplarCategory, Title("类别", "Category")]
    story_published: Annotated[Yes, Title("刊发事迹", "Story published")] = False
    told_on_tour: Annotated[Yes, Title("巡回宣讲", "Told on tour")] = False
    shown_on_site: Annotated[Yes, Title("现场观摩", "Shown on site")] = False

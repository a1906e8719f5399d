"""Make digests out of plain values, to see what becomes of them in words."""

from datetime import date

from config.vocabulary import Dialect, Language, OnDoubt
from notifications.channels.services import Service
from notifications.contents.digest import BranchCount, CampaignPart, Digest, Rest, UnitCount, Watch
from notifications.contents.entry import Entry

TODAY = date(2009, 9, 21)
LINK = "https://rollcall.example/l/eyJhIjoxfQ.c2ln_bmF0-dXJl"


def speaking(dialect: Dialect, longest: int = 1_000_000) -> Service:
    """A service of this dialect that takes so many bytes."""
    return Service(OnDoubt.HOLD, dialect, longest)


def digest_naming(name: str, language: Language = Language.ZH) -> Digest:
    """A digest in which every name is this one."""
    own = (Entry(name, name, date(2009, 9, 18), 3), Entry(name, name, date(2009, 9, 24), -3, number=12))
    watch = Watch((UnitCount(name, (BranchCount(name, 3, 2, 9), BranchCount(name, 1, 0, 0))),), Rest(1300, 12))
    part = CampaignPart(name, own, Rest(15, 2), group=watch, coordinator=watch)
    return Digest(name, language, TODAY, (part,))

"""How the product is run, and what it hands out."""

from enum import StrEnum


class ServeRole(StrEnum):
    """What one `rollcall serve` keeps going: the pages, Prefect with patrol and delivery, or both."""

    ALL = "all"
    WEB = "web"
    ENGINE = "engine"

    @property
    def parts(self) -> "tuple[ServeRole, ...]":
        """The role taken apart; a home is served once in each."""
        return (ServeRole.WEB, ServeRole.ENGINE) if self is ServeRole.ALL else (self,)


class ListCode(StrEnum):
    """A list that can be taken out of the house, beside the ledgers."""

    REGISTRY = "registry"
    PROGRESS = "progress"
    OVERDUE = "overdue"
    ASSIGNMENTS = "assignments"
    PROBLEMS = "problems"
    NOTICES = "notices"


class HandedTo(StrEnum):
    """Whom a workbook of answers of its own is made for: each unit that branches belong to, or each liaison officer."""

    UNIT = "unit"
    OFFICER = "officer"


class FileFormat(StrEnum):
    """What a list is written as."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"

"""The page of a workbook that says of every number where it came from."""

from collections.abc import Iterable
from dataclasses import dataclass

from config.definition.text import Text
from config.vocabulary import Language
from reports.book import Sheet, Value

HEAD = (
    Text(zh="页", en="Page"),
    Text(zh="数字", en="Number"),
    Text(zh="数值", en="Value"),
    Text(zh="SQL", en="SQL"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A number, on which page it stands and under which name, and the SQL that gives it and nothing else."""

    page: str
    number: str
    value: Value
    sql: str


def named(row: str, column: Text, language: Language) -> str:
    """Name a number by the row and the column that it stands in."""
    return f"{row}：{column.of(language)}" if language is Language.ZH else f"{row}: {column.of(language)}"


def picked(expression: str, row: str) -> str:
    """Ask for one number of the row that an SQL gives."""
    return f"SELECT {expression} FROM ({row}) AS counted"


def divided(part: str, whole: str) -> str:
    """Ask for the share that one number is of another, each of them with an SQL of its own."""
    return f"SELECT 1.0 * ({part}) / ({whole})"


def page_of_sources(sources: Iterable[Source]) -> Sheet:
    """Lay the sources out, a line for each."""
    rows = tuple((source.page, source.number, source.value, source.sql) for source in sources)
    return Sheet(Text(zh="出处", en="Sources"), HEAD, (24, 44, 12, 110), rows, one_line=frozenset({3}))

"""Organisation units: the tree that branches hang on."""

from sqlmodel import Field

from config.vocabulary import UnitLevel
from models.base import Row, choice

LONGEST_PATH = 400


class Unit(Row, table=True):
    """A node of the tree: nation, province, city, county or township.

    `path` holds the codes from the root down, each between slashes (`/130600/130602/`), so that a
    subtree is one prefix.
    """

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200, index=True)
    level: UnitLevel = Field(sa_type=choice(UnitLevel))
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    path: str = Field(max_length=LONGEST_PATH)


def codes_of(path: str) -> list[str]:
    """Return the codes in a path, from the root down: a unit is found sooner by its code than by its path."""
    return path.strip("/").split("/")

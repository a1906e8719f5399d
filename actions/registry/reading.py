"""A registry file read in a house: the units that are there need not be named in it again."""

from pathlib import Path

from sqlmodel import select

from actions.house import House
from config.registry import Registry, read_registry
from config.sheets import Source
from models.database import snapshot
from models.unit import Unit


def read_file(house: House, file: Path | Source) -> Registry:
    """Read a registry from a file, or from what somebody sent; SheetFileError for a file that cannot be read."""
    with snapshot(house.engine) as session:
        known = session.exec(select(Unit.code)).all()
    return read_registry(file, known)

"""The house in which messages are made and sent."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.house import House
from tests.notifications.factories import an_open_house


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house on each database in turn, with unit U1 at work."""
    return an_open_house(engine, tmp_path / "home")

"""Whoever looks at a demonstration can log in, with the same password every time."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.access.passwords import is_right
from models.user import User
from simulation.visitor import FILE, LOGIN, admit_visitor
from tests.factories import LAUNCH_DAY, a_house
from tests.records import every

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_visitor_is_admitted_once_with_a_password_of_the_home_alone(engine: Engine, tmp_path: Path) -> None:
    house = a_house(engine, tmp_path / "home")
    visitor = admit_visitor(house, now=LAUNCH_DAY)
    assert admit_visitor(house, now=LAUNCH_DAY) == visitor
    (user,) = every(house, User)
    assert (user.login, user.unit_id) == (LOGIN, None)
    assert is_right(visitor.password, user.password_hash)
    assert stat.S_IMODE((house.home / FILE).stat().st_mode) == 0o600
    assert visitor.password not in repr(visitor)


def test_every_home_has_a_password_of_its_own(engine: Engine, tmp_path: Path) -> None:
    first = admit_visitor(a_house(engine, tmp_path / "first"), now=LAUNCH_DAY)
    (tmp_path / "first" / FILE).rename(tmp_path / "kept")
    assert admit_visitor(a_house(engine, tmp_path / "second"), now=LAUNCH_DAY).password != first.password

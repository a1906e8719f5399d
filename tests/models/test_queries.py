"""Finding rows by the codes that people use, alike on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.errors import Refusal
from config.vocabulary import UnitLevel
from models.database import snapshot, transaction
from models.queries import below, find_branch, find_campaign, find_officer, find_unit
from models.unit import Unit

TREE = {"R": "/R/", "A": "/R/A/", "a": "/R/a/", "A1": "/R/A/A1/", "AA": "/R/AA/", "A_": "/R/A_/", "Ax1": "/R/A_/Ax1/"}


def plant(engine: Engine, **names: str) -> None:
    """A small tree of units with codes that are easily taken for one another."""
    with transaction(engine) as session:
        for code, path in TREE.items():
            session.add(Unit(code=code, name=names.get(code, f"unit {code}"), level=UnitLevel.COUNTY, path=path))


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        pytest.param("R", set(TREE), id="the whole tree"),
        pytest.param("A", {"A", "A1"}, id="neither AA nor a is below A"),
        pytest.param("a", {"a"}, id="small letters are other letters"),
        pytest.param("A_", {"A_", "Ax1"}, id="an underscore stands for itself"),
    ],
)
def test_a_subtree_is_the_unit_and_all_below_it(engine: Engine, root: str, expected: set[str]) -> None:
    plant(engine)
    with snapshot(engine) as session:
        assert set(session.exec(select(Unit.code).where(below(find_unit(session, root))))) == expected


def test_a_unit_is_found_by_its_code_or_by_a_name_that_is_unique(engine: Engine) -> None:
    plant(engine, A="安国市", AA="A1")
    with snapshot(engine) as session:
        assert find_unit(session, "安国市").code == "A"
        assert find_unit(session, "A1").code == "A1", "a code comes before a name"


def test_a_name_that_several_units_have_is_refused_with_their_codes(engine: Engine) -> None:
    plant(engine, A="城关镇", AA="城关镇")
    with snapshot(engine) as session, pytest.raises(Refusal, match="use a code: A, AA"):
        find_unit(session, "城关镇")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("find", "expected"),
    [
        pytest.param(find_unit, "unit X: not in the registry", id="unit"),
        pytest.param(find_branch, "branch X: not in the registry", id="branch"),
        pytest.param(find_officer, "officer X: unknown", id="officer"),
        pytest.param(find_campaign, "campaign X: not launched here; there are: none yet", id="campaign"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    engine: Engine, find: Callable[[Session, str], object], expected: str
) -> None:
    with snapshot(engine) as session, pytest.raises(Refusal, match=expected) as refused:
        find(session, "X")
    assert "\n" not in str(refused.value)

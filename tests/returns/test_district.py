"""A district whose quarter adds up to figures that were published (FACTS D); how they are spread is made up."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from actions.complete import Answer, complete
from actions.house import House
from actions.launch import launch
from actions.open_window import open_window
from actions.pass_on import pass_on
from actions.reading.returns import read_return
from config.definition.file import find_campaign, load_definition
from models.database import snapshot
from models.window import Window
from tests.factories import a_house, at, imported, registry_row

CODE = "quarterly-return"
STREETS, ORGANISATIONS = 4, 41
KINDS = {"committees": 2, "branches": 37, "joint_branches": 2}
FOUNDED = {
    "founded_branches": 20,
    "founded_unions": 240,
    "founded_youth_leagues": 26,
    "founded_womens_committees": 15,
}
PEOPLE = {"employees": 12031, "members": 675}
NOW = at("2027-04-08 10:00")


def spread(total: int, place: int) -> int:
    """Return the share of one organisation, so that all of them add up to the total."""
    return total * (place + 1) // ORGANISATIONS - total * place // ORGANISATIONS


def answers_of(branch: str, place: int) -> list[Answer]:
    """What one organisation answers: it is of one kind, and has its shares of everything else."""
    kind = [kind for kind, number in KINDS.items() for _ in range(number)][place]
    organisation = {code: int(code == kind) for code in KINDS} | {"organisations": 1}
    organisation |= {code: spread(total, place) for code, total in PEOPLE.items()}
    growth = {code: spread(total, place) for code, total in FOUNDED.items()}
    growth |= {"reached_founded": sum(growth.values()), "reached_members": 0}
    growth |= {"training_sessions": 1, "people_trained": 10}
    targets = {"target_members": 1, "target_founded": 7}
    given = {"q1/organisation": organisation, "q1/growth": growth, "q1/targets": targets}
    return [Answer(branch, task, NOW, actor="test", figures=figures) for task, figures in given.items()]


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A district of four streets with 41 organisations, all of which have answered the first quarter."""
    house = a_house(engine, tmp_path / "home")
    places = [(place % STREETS + 1, place) for place in range(ORGANISATIONS)]
    rows = [registry_row(street, 0, code=f"D{place}") for street, place in places]
    imported(house, *rows, now=at("2027-03-01 09:00"))
    launch(house, load_definition(find_campaign(CODE)), actor="test", now=at("2027-03-01 10:00"))
    with snapshot(engine) as session:
        first = min(session.exec(select(Window)).all(), key=lambda window: window.opens_at)
    open_window(house, first.id, now=first.opens_at)
    complete(house, CODE, [answer for _, place in places for answer in answers_of(f"D{place}", place)])
    return house


def test_the_quarter_of_the_district_adds_up_to_what_was_published(house: House) -> None:
    for unit in ("U1", "U2", "U3", "U4", "R"):
        pass_on(house, CODE, "q1", unit, actor="G", now=NOW)
    found = read_return(house, CODE, "q1", "R")
    assert {code: found.figures[code] for code in (*KINDS, *FOUNDED, *PEOPLE)} == KINDS | FOUNDED | PEOPLE
    assert found.figures["organisations"] == 41
    assert sum(found.figures[code] for code in FOUNDED) == 301
    assert sum(part.figures["organisations"] for part in found.parts if not part.is_own) == 41
    assert found.missing == ()

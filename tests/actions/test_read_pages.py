"""Lists that are read page by page, and narrowed to a part of the tree."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.complete import complete
from actions.house import House
from actions.reading.notices import NoticeFilter, read_notice_page
from actions.reading.people import OfficerFilter, read_officer, read_officer_page
from actions.reading.places import Place, find_place, read_units
from actions.reading.window import read_window
from config.errors import Unknown
from config.vocabulary import OfficerRole
from models.database import snapshot
from models.queries import find_officer, find_unit
from models.scope import EVERYTHING, Scope
from rules.progress import Tally
from tests.factories import a_house_at_work, answer, at, given_up
from tests.notifications.factories import About, a_notice

NOW = at("2009-09-15 10:00")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The trial at work: a notice a day to each officer, one officer out of reach, one branch done with its survey."""
    house = a_house_at_work(engine, tmp_path / "home")
    for day in (14, 15):
        for branch in ("U1-1", "U1-2", "U2-1"):
            opens, closes = at(f"2009-09-{day} 08:30"), at(f"2009-09-{day} 18:00")
            a_notice(house, f"O{branch}", [About(branch)], sends_from=opens, sends_until=closes)
    given_up(house, "OU1-3", "unknown user", NOW)
    complete(house, "trial", [answer("U1-1", "survey")])
    return house


def inside(house: House, unit: str) -> Scope:
    with snapshot(house.engine) as session:
        return Scope(path=find_unit(session, unit).path)


def own(house: House, officer: str) -> Scope:
    with snapshot(house.engine) as session:
        return Scope(officers=frozenset({find_officer(session, officer).id}))


def paged_notices(house: House, scope: Scope) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    after: int | None = None
    while True:
        page = read_notice_page(house, NoticeFilter(), limit=2, after=after, scope=scope)
        found += [(notice.officer, notice.day.day) for notice in page.rows]
        if page.following is None:
            return found
        after = int(page.following)


def paged_people(house: House, scope: Scope) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = read_officer_page(house, now=NOW, limit=2, after=after, scope=scope)
        found += [officer.officer for officer in page.rows]
        if page.following is None:
            return found
        after = page.following


def test_pages_of_notices_follow_one_another_the_newest_day_first(house: House) -> None:
    assert paged_notices(house, EVERYTHING) == [
        *(("OU2-1", 15), ("OU1-2", 15), ("OU1-1", 15)),
        *(("OU2-1", 14), ("OU1-2", 14), ("OU1-1", 14)),
    ]
    assert paged_notices(house, inside(house, "U2")) == [("OU2-1", 15), ("OU2-1", 14)]
    assert paged_notices(house, own(house, "OU1-2")) == [("OU1-2", 15), ("OU1-2", 14)]
    assert paged_notices(house, Scope(branch=1)) == [], "a branch has nobody"


def test_pages_of_people_begin_with_those_whom_nothing_reaches(house: House) -> None:
    everybody = ["OU1-3", "C", "G1", "G2", "OU1-1", "OU1-2", "OU2-1", "OU2-2", "OU2-3"]
    assert paged_people(house, EVERYTHING) == everybody
    assert paged_people(house, inside(house, "U1")) == ["OU1-3", "G1", "OU1-1", "OU1-2"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (OfficerFilter(said="u2-3"), ["OU2-3"]),
        (OfficerFilter(said="第1区"), ["G1"]),
        (OfficerFilter(said="_"), []),
        (OfficerFilter(role=OfficerRole.COORDINATOR), ["C"]),
    ],
)
def test_people_are_found_by_a_part_of_name_or_code(house: House, wanted: OfficerFilter, found: list[str]) -> None:
    page = read_officer_page(house, wanted, now=NOW, limit=50)
    assert [officer.officer for officer in page.rows] == found


def test_an_officer_outside_is_not_there(house: House) -> None:
    assert read_officer(house, "OU1-1", now=NOW, scope=inside(house, "U1")).branches[0].branch == "U1-1"
    with pytest.raises(Unknown, match="officer OU2-1: unknown"):
        read_officer(house, "OU2-1", now=NOW, scope=inside(house, "U1"))


def test_a_place_is_a_branch_or_a_unit_inside(house: House) -> None:
    scope = inside(house, "U1")
    assert find_place(house, "U1-1", scope) == Place(branch="U1-1")
    assert find_place(house, "第1区", scope) == Place(unit="U1")
    assert [unit.code for unit in read_units(house, scope)] == ["U1"]
    for outside in ("U2-1", "U2", "R", "nosuch"):
        with pytest.raises(Unknown, match=f"{outside}: neither a branch nor a unit"):
            find_place(house, outside, scope)


@pytest.mark.parametrize(
    ("scope", "survey"),
    [
        ("everything", Tally(3, 1, 0, 0, 3, 1, 0)),
        ("unit", Tally(3, 1, 0, 0, 3, 1, 0)),
        ("officer", Tally(1, 1, 0, 0, 1, 1, 0)),
    ],
)
def test_a_window_counts_the_work_inside(house: House, scope: str, survey: Tally) -> None:
    scopes = {
        "everything": EVERYTHING,
        "unit": inside(house, "U1"),
        "officer": own(house, "OU1-1"),
    }
    window = read_window(house, "trial", "mobilization/pilot", now=NOW, scope=scopes[scope])
    assert window.tasks[0].tally == survey


def test_a_window_that_no_branch_inside_takes_part_in_is_not_there(house: House) -> None:
    with pytest.raises(Unknown, match="window mobilization/pilot: not in campaign trial"):
        read_window(house, "trial", "mobilization/pilot", now=NOW, scope=inside(house, "U2"))

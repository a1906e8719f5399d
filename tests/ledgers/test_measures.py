"""Measures: each is one query over what was recorded."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from actions.add_problem import Finding, add_problems
from actions.complete import complete
from actions.enter import enter
from actions.house import House
from actions.reading.measures import read_measures
from actions.reading.problem_shares import read_problem_shares
from actions.solve_problem import Solution, solve_problems
from actions.strike import strike
from config.errors import Forbidden
from config.vocabulary import LedgerCode, Measure
from models.scope import Scope
from tests.factories import CAMPAIGN as TRIAL
from tests.factories import a_house_at_work, answer, at, imported, registry_row
from tests.ledgers.entries import an_entry, figures_by_part
from tests.records import CAMPAIGN

NOW = at("2009-09-20 10:00")
WITH_GROWTH = TRIAL.replace("figures: [members]", "figures: [members, activists, new_members]")
VISITS, EXEMPLARS, COVERAGE = LedgerCode.VISITS, LedgerCode.EXEMPLARS, LedgerCode.COVERAGE
FOUNDATIONS, GRADINGS, SUGGESTIONS = LedgerCode.FOUNDATIONS, LedgerCode.GRADINGS, LedgerCode.SUGGESTIONS


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", text=WITH_GROWTH)


def values(house: House, *measures: Measure, **more: Any) -> list[int]:
    return [figure.value for figure in read_measures(house, CAMPAIGN, measures, **more)]


def entered(house: House, ledger: LedgerCode, *entries: dict[str, Any]) -> None:
    enter(house, CAMPAIGN, [an_entry(ledger, **entry) for entry in entries], actor="test", now=NOW)


def foundation(kind: str, status: str, full_members: int = 3, employees: int = 99) -> dict[str, Any]:
    enterprise = f"{status}{full_members}{employees}"
    return {
        "enterprise": enterprise,
        "kind": kind,
        "status": status,
        "full_members": full_members,
        "employees": employees,
    }


CASES = {
    "person-times add up, and a way is a part of them": (
        VISITS,
        [{"persons": 3}, {"persons": 4, "way": "files", "place": "U2-1"}],
        {Measure.VISITS: 7, Measure.VISITS_LECTURE: 3, Measure.VISITS_FILES: 4, Measure.VISITS_MEMBERS: 0},
    ),
    "exemplars are counted, each of their ways apart": (
        EXEMPLARS,
        [{"story_published": True, "told_on_tour": False}, {"told_on_tour": True}],
        {Measure.EXEMPLARS: 2, Measure.STORIES_PUBLISHED: 1, Measure.TOLD_ON_TOUR: 1, Measure.SHOWN_ON_SITE: 0},
    ),
    "of coverage the latest count of each unit holds": (
        COVERAGE,
        [{"day": "2009-09-12", "branches": 30}, {"day": "2009-09-11", "branches": 9}, {"place": "U2"}],
        {Measure.SINGLE_BRANCHES: 67, Measure.ORGANISATIONS: 75, Measure.ENTERPRISES: 846},
    ),
    "only what is founded counts as founded, by its kind": (
        FOUNDATIONS,
        [foundation("branch", "founded"), foundation("union", "founded"), foundation("branch", "preparing")],
        {Measure.FOUNDED: 2, Measure.FOUNDED_BRANCHES: 1, Measure.FOUNDED_UNIONS: 1, Measure.BEING_FOUNDED: 1},
    ),
    "branches of large enterprises were founded first, those of associations stand apart": (
        FOUNDATIONS,
        [
            foundation("branch", "founded", 3, 100),
            foundation("branch", "founded", 3, 99),
            foundation("union", "founded", 3, 500),
            foundation("association_branch", "founded", 0, 0),
        ],
        {
            Measure.FOUNDED: 4,
            Measure.FOUNDED_BRANCHES: 2,
            Measure.FOUNDED_FIRST: 1,
            Measure.FOUNDED_ASSOCIATION_BRANCHES: 1,
        },
    ),
    "three full members make a prospect, a hundred employees put it first": (
        FOUNDATIONS,
        [
            foundation("branch", "prospect", 3, 99),
            foundation("branch", "prospect", 4, 100),
            foundation("branch", "prospect", 2, 500),
            foundation("branch", "founded", 9, 500),
        ],
        {Measure.PROSPECTS: 2, Measure.PROSPECTS_FIRST: 1},
    ),
    "of gradings the latest of each branch holds": (
        GRADINGS,
        [{"day": "2009-09-12", "grade": "weak"}, {"grade": "good"}, {"place": "U2-1", "grade": "good"}],
        {Measure.GRADED: 2, Measure.GRADED_GOOD: 1, Measure.GRADED_WEAK: 1, Measure.GRADED_FAIR: 0},
    ),
    "suggestions add up": (
        SUGGESTIONS,
        [{}, {"made": 3, "adopted": 1, "effective": 0}],
        {Measure.SUGGESTIONS_MADE: 15, Measure.SUGGESTIONS_ADOPTED: 6, Measure.SUGGESTIONS_EFFECTIVE: 5},
    ),
    "sessions and those who came": (
        LedgerCode.TRAINING,
        [{}, {"persons": 2}],
        {Measure.TRAINING_SESSIONS: 2, Measure.PEOPLE_TRAINED: 42},
    ),
    "a branch has one contact point at a time": (
        LedgerCode.CONTACTS,
        [{}, {"leader": "张某"}, {"place": "U2-1"}],
        {Measure.CONTACTS: 2},
    ),
    "meetings by who meets, and the parties at all of them": (
        LedgerCode.MEETINGS,
        [{}, {"parties": 3}, {"kind": "departments", "parties": 8}],
        {
            Measure.MEETINGS: 3,
            Measure.MEETINGS_ENTERPRISES: 2,
            Measure.MEETINGS_DEPARTMENTS: 1,
            Measure.MEETINGS_GROUP: 0,
            Measure.MEETING_PARTIES: 17,
            Measure.ENTERPRISES_AT_MEETINGS: 9,
        },
    ),
    "those who went on surveys add up, how long it took does not": (
        LedgerCode.SURVEYS,
        [{}, {"since": "2009-02-01", "day": "2009-03-02", "place": "U2", "persons": 600, "organisations": 1}],
        {
            Measure.SURVEYS: 2,
            Measure.SURVEYORS: 606,
            Measure.ORGANISATIONS_SURVEYED: 42,
            Measure.SURVEY_DAYS: 30,
        },
    ),
    "a survey of one day took one": (LedgerCode.SURVEYS, [{"since": "2009-09-10"}], {Measure.SURVEY_DAYS: 1}),
    "organisations by their level, where a unit says so": (
        COVERAGE,
        [{"local_organisations": 1, "grassroots_organisations": 8}, {"place": "U2", "local_organisations": 1}],
        {
            Measure.LOCAL_ORGANISATIONS: 2,
            Measure.GRASSROOTS_ORGANISATIONS: 8,
            Measure.INDUSTRY_ORGANISATIONS: 0,
            Measure.ORGANISATION_MEMBERS: 0,
        },
    ),
    "bulletins": (LedgerCode.BULLETINS, [{}], {Measure.BULLETINS: 1}),
}


@pytest.mark.parametrize(("ledger", "entries", "expected"), CASES.values(), ids=CASES.keys())
def test_what_a_ledger_comes_to(
    house: House, ledger: LedgerCode, entries: list[dict[str, Any]], expected: dict[Measure, int]
) -> None:
    entered(house, ledger, *entries)
    assert dict(zip(expected, values(house, *expected), strict=True)) == expected


def test_the_registry_is_counted_by_who_takes_part(house: House) -> None:
    of_registry = (Measure.BRANCHES, Measure.MEMBERS, Measure.EMPLOYEES, Measure.OFFICERS)
    assert values(house, *of_registry) == [6, 2 * (11 + 12 + 13), 600, 6]


def test_units_of_a_level_are_counted_where_somebody_takes_part_or_enterprises_were_counted(house: House) -> None:
    assert values(house, Measure.COUNTIES, Measure.TOWNSHIPS) == [2, 0]
    assert values(house, Measure.COUNTIES, unit="U1") == [1]
    assert values(house, Measure.COUNTIES, until=date(2009, 9, 10)) == [1], "the second wave starts on the 14th"
    idle = registry_row(9, 1, status="prospect")
    town = "T1,第1镇,U9,township,,,,,,,,"
    assert not imported(house, idle, town, now=NOW).rejected
    assert values(house, Measure.COUNTIES, Measure.TOWNSHIPS) == [2, 0]
    entered(house, COVERAGE, {"place": "T1"})
    assert values(house, Measure.COUNTIES, Measure.TOWNSHIPS) == [3, 1], "a township, and the county that it lies in"


def test_problems_are_counted_on_the_days_on_which_it_happened(house: House) -> None:
    finding = Finding("U1-1", "漏雨", at("2009-09-10 23:30"), "test")
    add_problems(house, CAMPAIGN, [finding, finding])
    solve_problems(house, CAMPAIGN, [Solution(1, at("2009-09-12 00:30"), "test")])
    both = (Measure.PROBLEMS_FOUND, Measure.PROBLEMS_SOLVED)
    assert values(house, *both) == [2, 1]
    assert values(house, *both, until=date(2009, 9, 10)) == [2, 0]
    assert values(house, *both, since=date(2009, 9, 12)) == [0, 1]


def test_prospects_and_those_looked_after_stand_in_every_period_from_the_day_of_their_entry(house: House) -> None:
    entered(house, FOUNDATIONS, foundation("branch", "prospect", 3, 100), foundation("branch", "founded", 5))
    standing = (
        Measure.PROSPECTS,
        Measure.PROSPECTS_FIRST,
        Measure.ENTERPRISES_LOOKED_AFTER,
        Measure.ENTERPRISE_OFFICERS,
    )
    assert values(house, *standing, since=date(2009, 9, 11)) == [1, 1, 2, 1]
    assert values(house, *standing, until=date(2009, 9, 9)) == [0, 0, 0, 0]
    assert values(house, Measure.FOUNDED, since=date(2009, 9, 11)) == [0], "what happened is of its days"


def test_a_branch_that_moves_takes_its_open_problems_along_and_leaves_the_solved_ones(house: House) -> None:
    finding = Finding("U1-1", "漏雨", at("2009-09-10 23:30"), "test")
    add_problems(house, CAMPAIGN, [finding, finding])
    solve_problems(house, CAMPAIGN, [Solution(1, at("2009-09-12 00:30"), "test")])
    assert not imported(house, registry_row(2, 1, code="U1-1"), now=NOW).rejected
    both = (Measure.PROBLEMS_FOUND, Measure.PROBLEMS_SOLVED)
    assert [values(house, *both, unit=unit) for unit in ("U1", "U2")] == [[1, 1], [1, 0]]
    shares = read_problem_shares(house, CAMPAIGN)
    assert [(share.unit, share.found, share.solved) for share in shares] == [("U1", 1, 1), ("U2", 1, 0)]


def test_growth_is_what_the_branches_answered(house: House) -> None:
    figures = {"members": 12, "activists": 3, "new_members": 1}
    complete(house, CAMPAIGN, [answer(f"U{unit}-1", "survey", **figures) for unit in (1, 2)])
    assert values(house, Measure.ACTIVISTS, Measure.NEW_MEMBERS) == [6, 2]
    assert values(house, Measure.ACTIVISTS, unit="U1") == [3]


def test_every_measure_can_be_asked_and_brings_the_query_that_says_the_same(house: House) -> None:
    entered(house, VISITS, {}, {"place": "U2-1", "persons": 8})
    figures = read_measures(house, CAMPAIGN, unit="U2", since=date(2009, 9, 1), until=date(2009, 9, 30))
    assert [figure.measure for figure in figures] == list(Measure)
    with house.engine.connect() as connection:
        for figure in figures:
            assert int(connection.execute(text(figure.source.replace(":", r"\:"))).scalar_one()) == figure.value


def test_a_struck_entry_counts_nowhere_and_one_visit_more_changes_the_sum(house: House) -> None:
    entered(house, VISITS, {}, {})
    assert values(house, Measure.VISITS) == [6]
    strike(house, CAMPAIGN, VISITS, 1, reason="twice", actor="test", now=NOW)
    assert values(house, Measure.VISITS) == [3]


def test_a_table_by_part_adds_up_to_the_whole(house: House) -> None:
    entered(house, VISITS, {}, {"place": "U1-2"}, {"place": "U2-1", "persons": 8})
    entered(house, LedgerCode.TRAINING, {"place": "R", "persons": 5})
    asked = (Measure.VISITS, Measure.PEOPLE_TRAINED, Measure.OFFICERS)
    parts = figures_by_part(house, asked)
    assert [(part.unit, *part.values.values()) for part in parts] == [("R", 0, 5, 0), ("U1", 6, 0, 3), ("U2", 8, 0, 3)]
    assert [sum(part.values[measure] for part in parts) for measure in asked] == values(house, *asked)


def test_sums_are_not_for_whoever_sees_branches_alone(house: House) -> None:
    with pytest.raises(Forbidden):
        read_measures(house, CAMPAIGN, scope=Scope(branch=1))
    with pytest.raises(Forbidden):
        read_measures(house, CAMPAIGN, scope=Scope(officers=frozenset({1})))

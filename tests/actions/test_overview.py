"""A campaign at a glance, counted by hand: six branches in two units, of which one is late.

It is the morning of 15 September 2009. Unit U1 was to answer the survey by the 14th: U1-1 did, U1-2 did this morning,
U1-3 has not. Nothing of unit U2 is due.
"""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from actions.access.scopes import scope_of_officer, scope_of_unit
from actions.add_problem import Finding, add_problems
from actions.complete import complete
from actions.house import House
from actions.note_standing import note_standing
from actions.reading.overview.campaign import Overview, read_campaign_curve, read_overview
from actions.reading.overview.cards import read_cards
from actions.reading.overview.counts import read_counts
from actions.reading.overview.curve import CurvePoint
from actions.reading.overview.figures import Problems
from actions.reading.overview.ground import open_ground
from actions.reading.overview.late_work import Wanted, read_late_branches, read_late_officers, read_late_units
from actions.reading.overview.overdue import LateUnit, where_most_is_overdue
from actions.reading.overview.steps import Step
from actions.reading.overview.unit import read_unit
from config.errors import Unknown
from config.vocabulary import NoticeStatus, StepKind, WindowStatus
from models.assignment import Assignment
from models.branch import Branch
from models.database import snapshot, transaction
from models.officer import Officer
from models.request import ExtensionRequest
from models.scope import EVERYTHING, Scope
from models.unit import Unit
from rules.progress import Tally, overdue
from tests.factories import a_house_at_work, answer, at, given_up
from tests.records import CAMPAIGN

NOW = at("2009-09-15 10:00")
U1 = Tally(total=6, done=2, in_time=1, due=3, due_done=2, due_in_time=1)
U2 = Tally(total=6)
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    house = a_house_at_work(engine, tmp_path / "home")
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-10 10:00")])
    note_standing(house, CAMPAIGN, now=at("2009-09-15 00:00"))
    complete(house, CAMPAIGN, [answer("U1-2", "survey", "2009-09-15 09:00")])
    return house


def unit_of(session: Session, code: str) -> Unit:
    return session.exec(select(Unit).where(Unit.code == code)).one()


def scope_of(house: House, who: str) -> Scope:
    """The scope of whoever sees a unit (U1), an officer's branches (OU1-1), or everything ("")."""
    with snapshot(house.engine) as session:
        if officer := session.exec(select(Officer).where(Officer.code == who)).one_or_none():
            return scope_of_officer(session, officer, NOW)
        return scope_of_unit(session, unit_of(session, who).id) if who else EVERYTHING


def overview(house: House, who: str = "", now: datetime = NOW) -> Overview:
    return read_overview(house, CAMPAIGN, now=now, scope=scope_of(house, who))


@pytest.mark.parametrize(
    ("who", "tally", "branches", "parts"),
    [
        pytest.param("", U1 + U2, 6, {"U1": U1, "U2": U2}, id="everything"),
        pytest.param("R", U1 + U2, 6, {"U1": U1, "U2": U2}, id="the city"),
        pytest.param("U1", U1, 3, {"U1": U1}, id="the unit that is late"),
        pytest.param("U2", U2, 3, {"U2": U2}, id="the other one"),
        pytest.param("OU1-1", done := Tally(2, 1, 1, 0, 1, 1, 1), 1, {"U1": done}, id="an officer in time"),
        pytest.param("OU1-3", late := Tally(total=2, due=1), 1, {"U1": late}, id="an officer who is late"),
    ],
)
def test_everyone_sees_the_figures_of_their_own_part_of_the_tree(
    house: House, who: str, tally: Tally, branches: int, parts: dict[str, Tally]
) -> None:
    seen = overview(house, who)
    assert (seen.tally, seen.branches) == (tally, branches)
    assert {state.part.unit: state.tally for state in seen.parts} == parts
    assert {state.part.unit: state.of_stage("mobilization") for state in seen.parts} == parts
    assert all(state.of_stage("study") == Tally() for state in seen.parts)


@pytest.mark.parametrize(
    ("who", "waves"),
    [("", ["pilot", "main"]), ("U1", ["pilot"]), ("U2", ["main"]), ("OU2-1", ["main"])],
)
@ONE
def test_the_windows_are_those_of_the_own_waves(house: House, who: str, waves: list[str]) -> None:
    windows = overview(house, who).windows
    stages = ("mobilization", "study", "analysis", "rectification")
    assert [window.label for window in windows] == [f"{stage}/{wave}" for stage in stages for wave in waves]


@ONE
def test_a_window_is_told_with_its_days_as_planned_and_as_they_came(house: House) -> None:
    pilot, main, study, *_ = overview(house).windows
    assert (pilot.opened_on, pilot.closed_on, pilot.status) == (date(2009, 9, 7), None, WindowStatus.OPEN)
    assert (pilot.planned, pilot.tally, main.tally) == (pilot.days, U1, U2)
    assert (pilot.days.first, pilot.days.last) == (date(2009, 9, 7), date(2009, 9, 24))
    assert (study.opened_on, study.is_forecast, study.days.first) == (None, True, date(2009, 9, 27))


@pytest.mark.parametrize(
    ("who", "total", "due_on_the_14th", "done"),
    [
        pytest.param("", 12 + 18, 3, {date(2009, 9, 14): 1, date(2009, 9, 15): 2}, id="by the marks"),
        pytest.param(
            "U1", 6 + 9, 3, {date(2009, 9, 9): 0, date(2009, 9, 10): 1, date(2009, 9, 15): 2}, id="by the work"
        ),
        pytest.param("U2", 6 + 9, 0, {date(2009, 9, 14): 0, date(2009, 9, 15): 0}, id="nothing done"),
        pytest.param("OU1-1", 2 + 3, 1, {date(2009, 9, 9): 0, date(2009, 9, 15): 1}, id="one branch"),
    ],
)
def test_the_curve_counts_what_was_to_be_done_and_what_was(
    house: House, who: str, total: int, due_on_the_14th: int, done: dict[date, int]
) -> None:
    curve = read_campaign_curve(house, CAMPAIGN, now=NOW, scope=scope_of(house, who))
    points = {point.day: point for point in curve.points}
    assert (curve.total, curve.points[-1].planned) == (total, total)
    assert points[date(2009, 9, 13)].planned == 0
    assert points[date(2009, 9, 14)].planned == due_on_the_14th
    assert {day: points[day].done for day in done} == done
    assert points[date(2009, 9, 16)] == CurvePoint(date(2009, 9, 16), due_on_the_14th, None)


@pytest.mark.parametrize(("who", "units"), [("", ["U1"]), ("U1", ["U1"]), ("U2", [])])
def test_what_is_overdue_is_told_by_unit_officer_and_branch(house: House, who: str, units: list[str]) -> None:
    wanted = Wanted(limit=5, scope=scope_of(house, who))
    by_unit = read_late_units(house, CAMPAIGN, wanted, now=NOW)
    assert list(by_unit.rows) == [LateUnit(unit, "第1区", 1) for unit in units]
    officers = read_late_officers(house, CAMPAIGN, wanted, now=NOW).rows
    assert [(late.officer, late.branches, late.overdue, late.since) for late in officers] == [
        ("OU1-3", 1, 1, date(2009, 9, 14)) for _ in units
    ]
    branches = read_late_branches(house, CAMPAIGN, wanted, now=NOW).rows
    assert [(late.branch, late.unit, [task.task for task in late.tasks]) for late in branches] == [
        ("U1-3", "U1", ["survey"]) for _ in units
    ]
    assert overview(house, who).officers == officers


def test_pages_of_overdue_work_hold_each_row_once(house: House) -> None:
    late = at("2009-10-01 00:00")
    pages = [
        read_late_branches(house, CAMPAIGN, Wanted(limit=2, offset=offset, scope=EVERYTHING), now=late)
        for offset in (0, 2, 4)
    ]
    assert [page.has_more for page in pages] == [True, True, False]
    assert [row.branch for page in pages for row in page.rows] == ["U1-3", "U2-1", "U2-2", "U2-3", "U1-1", "U1-2"]


@ONE
def test_numbers_to_call_are_opened_only_where_they_are_asked_for(house: House) -> None:
    with transaction(house.engine) as session:
        branch = session.exec(select(Branch).where(Branch.code == "U1-3")).one()
        officer = session.exec(select(Officer).where(Officer.code == "OU1-3")).one()
        branch.leader, branch.phone = "王", house.seal.close("139 0000 0001")
        officer.phone = house.seal.close("139 0000 0002")
        session.add_all([branch, officer])
    told = [
        read_late_branches(house, CAMPAIGN, Wanted(limit=5, phones=phones), now=NOW).rows[0] for phones in (False, True)
    ]
    assert [(late.leader, late.phone, late.officer_phone) for late in told] == [
        ("王", None, None),
        ("王", "139 0000 0001", "139 0000 0002"),
    ]


def test_where_much_is_to_be_gone_through_one_looks_where_most_is_overdue(house: House) -> None:
    with snapshot(house.engine) as session:
        ground = open_ground(session, house, CAMPAIGN, EVERYTHING, now=NOW)
        counts = read_counts(ground)
        assert where_most_is_overdue(ground, counts, few=12).path == "/R/"
        assert where_most_is_overdue(ground, counts, few=11).path == "/R/U1/"
        assert where_most_is_overdue(ground, counts, few=1).path == "/R/U1/"


def test_a_unit_is_told_with_the_units_below_or_with_its_branches(house: House) -> None:
    city = read_unit(house, CAMPAIGN, "R", now=NOW, limit=2)
    assert [state.part.unit for state in city.parts] == ["U1", "U2"]
    assert (city.tally, city.branches, city.own, city.crumbs) == (U1 + U2, 6, (), ())
    county = read_unit(house, CAMPAIGN, "U1", now=NOW, limit=2)
    assert (county.tally, county.branches, county.parts, county.has_more) == (U1, 3, (), True)
    assert [(branch.branch, overdue(branch.tally)) for branch in county.own] == [("U1-3", 1), ("U1-1", 0)]
    assert [crumb.unit for crumb in county.crumbs] == ["R"]
    last = read_unit(house, CAMPAIGN, "U1", now=NOW, limit=2, offset=2)
    assert [(branch.branch, branch.tally) for branch in last.own] == [("U1-2", Tally(2, 1, 0, 0, 1, 1, 0))]


@pytest.mark.parametrize("unit", ["U2", "R", "nowhere"])
@ONE
def test_a_unit_outside_the_scope_is_as_unknown_as_one_that_is_not_there(house: House, unit: str) -> None:
    for who in ("U1", "OU1-1"):
        with pytest.raises(Unknown, match=f"unit {unit}: not in the registry"):
            read_unit(house, CAMPAIGN, unit, now=NOW, limit=2, scope=scope_of(house, who))
    county = read_unit(house, CAMPAIGN, "U1", now=NOW, limit=2, scope=scope_of(house, "U1"))
    assert county.crumbs == ()


@ONE
def test_an_officer_sees_the_own_branches_of_a_unit_alone(house: House) -> None:
    county = read_unit(house, CAMPAIGN, "U1", now=NOW, limit=9, scope=scope_of(house, "OU1-3"))
    assert [branch.branch for branch in county.own] == ["U1-3"]
    assert (county.branches, county.tally) == (1, Tally(total=2, due=1))


def asked_for(house: House, branch: str) -> None:
    """A branch that has asked for more time."""
    with transaction(house.engine) as session:
        query = select(Assignment.id).join(Branch, col(Branch.id) == Assignment.branch_id).where(Branch.code == branch)
        request = ExtensionRequest(
            assignment_id=session.exec(query).first(),
            until=date(2009, 9, 30),
            reason="更多时间",
            asked_at=NOW,
            asked_by=branch,
        )
        session.add(request)


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        pytest.param(
            "",
            [
                Step(StepKind.DECIDE_REQUESTS, 2),
                Step(StepKind.GIVE_CHANNELS, 1),
                Step(StepKind.CHASE_UNIT, 1, unit="U1", name="第1区"),
            ],
            id="everything",
        ),
        pytest.param("U2", [Step(StepKind.DECIDE_REQUESTS, 1)], id="a unit"),
    ],
)
def test_what_to_do_next_is_what_waits_in_the_own_part_of_the_tree(house: House, who: str, steps: list[Step]) -> None:
    asked_for(house, "U1-1")
    asked_for(house, "U2-1")
    given_up(house, "OU1-2", "gone", NOW)
    assert list(overview(house, who).steps) == steps


def test_problems_and_reminders_are_counted_where_they_belong(house: House) -> None:
    found = [Finding(branch, "问题", NOW, f"O{branch}") for branch in ("U1-1", "U1-2", "U2-1")]
    add_problems(house, CAMPAIGN, found)
    assert [overview(house, who).problems for who in ("", "U1", "U2", "OU2-1", "OU2-2")] == [
        Problems(3, 0),
        Problems(2, 0),
        Problems(1, 0),
        Problems(1, 0),
        Problems(0, 0),
    ]
    assert set(overview(house).reminders) == set(NoticeStatus)


def test_the_list_of_campaigns_tells_how_each_stands(house: House) -> None:
    (card,) = read_cards(house, now=NOW, scope=scope_of(house, "U1"))
    assert (card.campaign, card.tally, card.branches) == (CAMPAIGN, U1, 3)
    assert [(window.wave_name.en, window.last_day) for window in card.open] == [("pilot", date(2009, 9, 24))]
    (whole,) = read_cards(house, now=NOW)
    assert (whole.tally, len(whole.open)) == (U1 + U2, 2)

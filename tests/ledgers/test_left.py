"""A branch that leaves a running campaign is counted no more; what it did stays counted where it was done."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.close_window import close_window
from actions.complete import complete
from actions.end_campaign import end_campaign
from actions.enter import enter
from actions.house import House
from actions.import_registry import import_registry
from actions.override_gate import override_gate
from actions.reading.branch_list import BranchFilter, read_branches
from actions.reading.branches import read_branch
from actions.reading.campaigns import read_campaigns
from actions.reading.lists.all import open_list
from actions.reading.measures import read_measures
from actions.reading.overview.campaign import read_overview
from actions.reading.overview.cards import read_cards
from actions.reading.overview.progress import read_progress
from actions.reading.overview.unit import read_unit
from actions.reading.standing import read_standing
from actions.registry.reading import read_file
from config.vocabulary import LedgerCode, ListCode, Measure
from models.scope import Scope
from tests.factories import CITY, HEADER, a_house_at_work, answer, at, imported, registry_row
from tests.ledgers.entries import an_entry, figures_by_part
from tests.ledgers.test_ended import SHORT, WAVES
from tests.records import CAMPAIGN, window_id

LEAVES, LATER, CLOSED = at("2009-09-16 10:00"), at("2009-09-18 10:00"), at("2009-10-01 00:00")
THE_DAY, THE_DAY_BEFORE = date(2009, 9, 16), date(2009, 9, 15)
OF_REGISTRY = (Measure.BRANCHES, Measure.MEMBERS, Measure.EMPLOYEES, Measure.OFFICERS)
IN_U1 = Scope(path="/R/U1/")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The short trial, with branches of 11, 12 and 13 members in U1 and in U2; U1-2 has done its survey."""
    house = a_house_at_work(engine, tmp_path / "home", text=SHORT)
    complete(house, CAMPAIGN, [answer("U1-2", "survey")])
    return house


def leave(house: House, status: str = "closed") -> None:
    assert not imported(house, registry_row(1, 2, status=status), now=LEAVES).rejected


def merge(house: House) -> None:
    """U1-2 goes into U1-1, which has the members and employees of both from then on."""
    successor = registry_row(1, 1).replace(",11,100,", ",23,200,")
    import_merger(house, f"{successor},", f"{registry_row(1, 2, status='')},U1-1")


def import_merger(house: House, *branches: str) -> None:
    rows = [f"{HEADER},并入支部", f"{CITY},", *branches, ""]
    file = house.home / "merger.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    assert not import_registry(house, read_file(house, file), actor="test", now=LEAVES).rejected


def merge_into_a_new_one(house: House) -> None:
    """U1-1 and U1-2 go into U1-9, which comes with them."""
    merged = [f"{registry_row(1, number, status='')},U1-9" for number in (1, 2)]
    new = f"{registry_row(1, 9).replace(',19,100,', ',23,200,')},"
    import_merger(house, new, *merged)


def end(house: House) -> None:
    for wave in WAVES:
        override_gate(house, CAMPAIGN, wave, reason="flood", actor="李", now=CLOSED)
        close_window(house, window_id(house, wave), now=CLOSED)
    assert end_campaign(house, CAMPAIGN, now=CLOSED)


def of_registry(house: House, until: date | None = None, unit: str | None = None) -> list[int]:
    return [figure.value for figure in read_measures(house, CAMPAIGN, OF_REGISTRY, until=until, unit=unit)]


def exported(house: House) -> int:
    with open_list(house, CAMPAIGN, ListCode.REGISTRY, now=LATER) as table:
        place = [column.code for column in table.columns].index("branch_code")
        return sum(row[place] is not None for row in table.rows)


WAYS: dict[str, Callable[[House], int]] = {
    "campaign status": lambda house: read_standing(house, CAMPAIGN, now=LATER).branches,
    "its units": lambda house: sum(unit.branches for unit in read_standing(house, CAMPAIGN, now=LATER).units),
    "overview": lambda house: read_overview(house, CAMPAIGN, now=LATER).branches,
    "overview of a unit": lambda house: 3 + read_unit(house, CAMPAIGN, "U1", now=LATER, limit=9).branches,
    "overview of a scope": lambda house: 3 + read_overview(house, CAMPAIGN, now=LATER, scope=IN_U1).branches,
    "progress": lambda house: read_progress(house, CAMPAIGN, now=LATER).branches,
    "cards": lambda house: read_cards(house, now=LATER)[0].branches,
    "campaigns": lambda house: read_campaigns(house)[0].branches,
    "campaigns of a scope": lambda house: 3 + read_campaigns(house, IN_U1)[0].branches,
    "measures": lambda house: of_registry(house)[0],
    "measures by part": lambda house: sum(
        part.values[Measure.BRANCHES] for part in figures_by_part(house, [Measure.BRANCHES])
    ),
    "list of branches": lambda house: len(read_branches(house, BranchFilter(campaign=CAMPAIGN), limit=99).rows),
    "exported registry": exported,
}
"""Every way to ask how many branches take part."""


@pytest.mark.parametrize("ask", WAYS.values(), ids=WAYS)
def test_wherever_branches_are_counted_one_that_left_is_not(house: House, ask: Callable[[House], int]) -> None:
    assert ask(house) == 6
    leave(house)
    assert ask(house) == 5


@pytest.mark.parametrize("status", ["closed", "prospect", "preparing"])
def test_its_members_employees_and_officer_are_not_counted_either(house: House, status: str) -> None:
    leave(house, status)
    assert of_registry(house) == [5, 60, 500, 5]
    assert of_registry(house, unit="U1") == [2, 24, 200, 2]


def test_members_of_a_branch_that_was_merged_count_once(house: House) -> None:
    assert of_registry(house) == [6, 72, 600, 6]
    merge(house)
    assert of_registry(house) == [5, 72, 600, 5]
    end(house)
    assert of_registry(house) == [5, 72, 600, 5]


DAYS_OF_A_MERGER = {THE_DAY_BEFORE: [6, 72, 600, 6], THE_DAY: [5, 72, 600, 5], None: [5, 72, 600, 5]}


@pytest.mark.parametrize("is_over", [False, True], ids=["running", "over"])
@pytest.mark.parametrize(("until", "counted"), DAYS_OF_A_MERGER.items(), ids=map(str, DAYS_OF_A_MERGER))
def test_members_of_a_merged_branch_count_once_before_the_day_of_the_merger_on_it_and_after(
    house: House, is_over: bool, until: date | None, counted: list[int]
) -> None:
    merge(house)
    if is_over:
        end(house)
    assert of_registry(house, until=until) == counted
    parts = figures_by_part(house, OF_REGISTRY, until=until)
    assert [sum(part.values[measure] for part in parts) for measure in OF_REGISTRY] == counted


def test_on_the_day_on_which_branches_become_a_new_one_they_are_one(house: House) -> None:
    merge_into_a_new_one(house)
    assert of_registry(house, until=THE_DAY_BEFORE) == [6, 72, 600, 6]
    assert of_registry(house, until=THE_DAY) == [5, 72, 600, 5]


def test_a_merged_branch_that_is_active_again_counts_for_itself(house: House) -> None:
    merge(house)
    rows = [registry_row(1, 1), registry_row(1, 2, status="active")]
    assert not imported(house, *rows, now=LATER).rejected
    assert of_registry(house) == of_registry(house, until=LATER.date()) == [6, 72, 600, 6]


def test_what_it_did_stays_counted_and_is_shown_with_the_day_on_which_it_left(house: House) -> None:
    leave(house)
    unit = read_unit(house, CAMPAIGN, "U1", now=LATER, limit=9)
    assert [(branch.branch, branch.left_on) for branch in unit.own] == [
        ("U1-1", None),
        ("U1-3", None),
        ("U1-2", THE_DAY),
    ]
    assert (unit.left, unit.tally.done, unit.own[-1].tally.done) == (1, 1, 1)
    assert read_overview(house, CAMPAIGN, now=LATER).left == 1
    found = read_branch(house, CAMPAIGN, "U1-2", now=LATER)
    assert (found.left_on, [work.task.status for work in found.works]) == (THE_DAY, ["done", "waived"])


@pytest.mark.parametrize("is_over", [False, True], ids=["running", "over"])
def test_up_to_a_day_on_which_it_took_part_it_is_counted(house: House, is_over: bool) -> None:
    leave(house)
    if is_over:
        end(house)
    assert of_registry(house, until=THE_DAY_BEFORE) == [6, 72, 600, 6]
    assert of_registry(house, until=THE_DAY) == of_registry(house) == [5, 60, 500, 5]


def test_a_branch_that_is_active_again_takes_part_again(house: House) -> None:
    leave(house)
    assert not imported(house, registry_row(1, 2), now=LATER).rejected
    assert of_registry(house) == [6, 72, 600, 6]
    assert of_registry(house, until=THE_DAY) == [5, 60, 500, 5]
    assert read_branch(house, CAMPAIGN, "U1-2", now=LATER).left_on is None


def test_what_becomes_of_it_after_the_end_changes_nothing(house: House) -> None:
    leave(house)
    end(house)
    before = figures_by_part(house, OF_REGISTRY)
    assert not imported(house, registry_row(1, 2), registry_row(2, 1, status="closed"), now=CLOSED).rejected
    assert figures_by_part(house, OF_REGISTRY) == before
    assert of_registry(house) == [5, 60, 500, 5]


@pytest.mark.parametrize(
    ("ledger", "measure"),
    [(LedgerCode.CONTACTS, Measure.CONTACTS), (LedgerCode.GRADINGS, Measure.GRADED_GOOD)],
)
def test_what_a_ledger_holds_of_it_counts_up_to_the_day_on_which_it_left(
    house: House, ledger: LedgerCode, measure: Measure
) -> None:
    entries = [an_entry(ledger, "2009-09-10", branch) for branch in ("U1-1", "U1-2")]
    enter(house, CAMPAIGN, entries, actor="test", now=LEAVES)
    leave(house)

    def counted(until: date | None) -> int:
        (figure,) = read_measures(house, CAMPAIGN, [measure], until=until)
        return figure.value

    assert [counted(until) for until in (THE_DAY_BEFORE, THE_DAY, None)] == [2, 1, 1]


def test_visits_to_it_stay_counted(house: House) -> None:
    enter(house, CAMPAIGN, [an_entry(LedgerCode.VISITS, "2009-09-10", "U1-2")], actor="test", now=LEAVES)
    leave(house)
    (figure,) = read_measures(house, CAMPAIGN, [Measure.VISITS])
    assert figure.value == 3


def test_the_same_file_again_leaves_the_day_as_it_was(house: House) -> None:
    leave(house)
    assert imported(house, registry_row(1, 2, status="closed"), now=LATER).unchanged == 1
    assert read_branch(house, CAMPAIGN, "U1-2", now=LATER).left_on == THE_DAY

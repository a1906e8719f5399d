"""The report of a campaign that is over: what becomes of its branches in the registry changes it no more."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.assignments.named import Named
from actions.close_window import close_window
from actions.complete import complete
from actions.end_campaign import end_campaign
from actions.enter import enter
from actions.hand_over import hand_over
from actions.house import House
from actions.override_gate import override_gate
from actions.reading.measures import read_measures
from actions.reading.report.summary import read_report
from actions.reading.standing import read_standing
from actions.reopen import reopen
from actions.solve_problem import Solution, solve_problems
from config.vocabulary import Language, LedgerCode, Measure
from reports.report import Report
from reports.work import Afterwards
from reports.workbook import write_workbook
from tests.factories import CAMPAIGN as TRIAL
from tests.factories import a_house_at_work, answer, at, imported, registry_row
from tests.ledgers.entries import an_entry, figures_by_part
from tests.records import CAMPAIGN, window_id
from tests.reports.sources import check_sources
from tests.statements import Statement, before_each

SHORT = TRIAL.split("  - code: study")[0].replace("code: mobilization", "code: analysis")
"""The trial with one stage, in which problems are found."""

CLOSED, LATER = at("2009-10-01 00:00"), at("2009-11-02 10:00")
OF_REGISTRY = (Measure.BRANCHES, Measure.MEMBERS, Measure.EMPLOYEES, Measure.OFFICERS)
LAST_DAY = date(2009, 9, 30)
WAVES = ("analysis/pilot", "analysis/main")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """The short trial on its last day, all of its work done, with a visit, a solved problem and an open one in U1."""
    house = a_house_at_work(engine, tmp_path / "home", text=SHORT)
    enter(house, CAMPAIGN, [an_entry(LedgerCode.VISITS, "2009-09-10", "U1-1", persons=3)], actor="test", now=CLOSED)
    finding = Finding("U1-1", "no library", at("2009-09-15 10:00"), "test")
    add_problems(house, CAMPAIGN, [finding, finding])
    solve_problems(house, CAMPAIGN, [Solution(1, at("2009-09-18 10:00"), "test")])
    done = [
        answer(f"U{unit}-{number}", task) for unit in (1, 2) for number in (1, 2, 3) for task in ("survey", "training")
    ]
    complete(house, CAMPAIGN, done)
    for wave in WAVES:
        override_gate(house, CAMPAIGN, wave, reason="flood", actor="李", now=CLOSED)
    return house


def end(house: House) -> None:
    for wave in WAVES:
        close_window(house, window_id(house, wave), now=CLOSED)
    assert end_campaign(house, CAMPAIGN, now=CLOSED)


def later(house: House, **more: Any) -> Afterwards:
    found = report(house, **more).afterwards
    assert found is not None
    return found


def change_registry(house: House) -> None:
    """U1-1 moves to U2 and grows, U1-2 closes, and somebody else answers for U2-1."""
    rows = [
        registry_row(2, 1, code="U1-1", officer="OU1-1").replace(",11,100,", ",95,900,"),
        registry_row(1, 2, status="closed"),
        registry_row(1, 3),
    ]
    assert not imported(house, *rows, now=LATER).rejected
    hand_over(house, "OU2-1", "OU2-2", actor="test", now=LATER)


def report(house: House, **more: Any) -> Report:
    return read_report(house, CAMPAIGN, now=LATER, **more)


def of_registry(house: House, **more: Any) -> list[int]:
    return [figure.value for figure in read_measures(house, CAMPAIGN, OF_REGISTRY, **more)]


def answer_late(house: House, members: int = 40) -> None:
    """U1-1 corrects its answer, and U1-3 gives its own, a month after the end."""
    reopen(house, CAMPAIGN, Named("U1-1", "survey"), reason="miscounted", actor="test", now=LATER)
    late = [answer(branch, "survey", "2009-11-02 11:00", members=members) for branch in ("U1-1", "U1-3")]
    complete(house, CAMPAIGN, late)


def leave_open(house: House, branch: str, task: str) -> None:
    reopen(house, CAMPAIGN, Named(branch, task), reason="not done after all", actor="test", now=CLOSED)


def work(read: Report) -> list[Any]:
    return [*(row.tally for row in read.stages), *((row.name, row.tally) for row in read.work_by_unit.rows)]


@pytest.mark.parametrize("unit", [None, "U1", "U2"])
def test_work_stands_as_it_stood_at_the_end_whatever_is_answered_later(house: House, unit: str | None) -> None:
    leave_open(house, "U1-3", "survey")
    end(house)
    before = report(house, unit=unit)
    assert before.as_of == LAST_DAY
    change_registry(house)
    answer_late(house)
    after = report(house, unit=unit)
    assert work(after) == work(before)
    assert (after.stages[0].tally.done, after.stages[0].tally.total) == ((5, 6) if unit != "U2" else (6, 6))


def test_the_report_says_what_came_after_the_end(house: House) -> None:
    assert report(house).afterwards is None, "it runs"
    leave_open(house, "U1-3", "survey")
    end(house)
    assert report(house).afterwards == replace(later(house), answers=0, solved=0)
    change_registry(house)
    answer_late(house)
    solve_problems(house, CAMPAIGN, [Solution(2, at("2009-11-02 11:00"), "test")])
    found = [later(house, **more) for more in ({}, {"unit": "U1"}, {"unit": "U2"}, {"until": LAST_DAY})]
    assert [(each.answers, each.solved) for each in found] == [(2, 1), (2, 1), (0, 0), (0, 0)]
    assert {each.ended_on for each in found} == {LAST_DAY}
    content = write_workbook(report(house), Language.EN, written_at=LATER)
    assert {"Problems solved after the end", "Total: Overdue"} <= {*check_sources(house.engine, content)}


def test_an_answer_said_to_be_older_than_the_end_and_entered_after_it_came_later(house: House) -> None:
    leave_open(house, "U1-3", "survey")
    end(house)
    before = report(house)
    complete(house, CAMPAIGN, [answer("U1-3", "survey", "2009-09-20 10:00")])
    after = report(house)
    assert (after.stages[0].tally.done, later(house).answers) == (5, 1)
    assert work(after) == work(before)
    assert [later(house, unit=unit).answers for unit in ("U1", "U2")] == [1, 0]
    assert "Answers given or corrected after the end" in {
        *check_sources(house.engine, write_workbook(after, Language.EN, written_at=LATER))
    }


def test_an_answer_said_to_be_younger_than_the_end_and_entered_before_it_is_in_the_work_that_was_kept(
    house: House,
) -> None:
    leave_open(house, "U1-3", "survey")
    complete(house, CAMPAIGN, [answer("U1-3", "survey", "2009-11-02 11:00")])
    end(house)
    assert (report(house).stages[0].tally.done, later(house).answers) == (6, 0)


def test_figures_of_answers_that_come_later_count_where_their_branches_were_at_the_end(house: House) -> None:
    leave_open(house, "U1-3", "survey")
    end(house)

    def members() -> dict[str, Any]:
        read = report(house)
        (table,) = read.asked.tables
        assert [row.total for row in read.asked.rows] == [sum(row.values[0] for row in table.rows)]
        return {row.name: row.values for row in table.rows}

    assert members() == {"第1区": (24,), "第2区": (36,)}
    change_registry(house)
    assert members() == {"第1区": (24,), "第2区": (36,)}
    answer_late(house)
    assert members() == {"第1区": (92,), "第2区": (36,)}, "U1-1 is in U2 by now"


@pytest.mark.parametrize("unit", [None, "U1", "U2"])
def test_the_report_stays_as_it_was_at_the_end(house: House, unit: str | None) -> None:
    end(house)
    before = report(house, unit=unit)
    change_registry(house)
    assert report(house, unit=unit) == before


def test_the_report_of_a_running_campaign_follows_the_registry(house: House) -> None:
    before = report(house)
    assert (of_registry(house), of_registry(house, unit="U1")) == ([6, 72, 600, 6], [3, 36, 300, 3])
    change_registry(house)
    assert (of_registry(house), of_registry(house, unit="U1")) == ([5, 144, 1300, 4], [1, 13, 100, 1])
    assert report(house).problems_by_unit != before.problems_by_unit, "the open problem went along"


def test_how_it_stood_stays_too(house: House) -> None:
    end(house)
    before = read_standing(house, CAMPAIGN, now=LATER)
    change_registry(house)
    assert read_standing(house, CAMPAIGN, now=LATER) == before


def test_what_was_kept_is_asked_for_a_part_and_up_to_a_day(house: House) -> None:
    end(house)
    change_registry(house)
    parts = figures_by_part(house, OF_REGISTRY)
    assert {part.unit: [*part.values.values()] for part in parts} == {"U1": [3, 36, 300, 3], "U2": [3, 36, 300, 3]}
    assert of_registry(house, until=at("2009-09-08 00:00").date()) == [3, 36, 300, 3], "the pilot alone had begun"


def test_a_branch_that_comes_later_is_in_no_report_of_before(house: House) -> None:
    end(house)
    assert not imported(house, registry_row(1, 9), now=LATER).rejected
    assert of_registry(house) == [6, 72, 600, 6]


def test_the_sources_of_its_summary_give_the_numbers_of_its_end(house: House) -> None:
    end(house)
    change_registry(house)
    summary = house.home / "reports" / f"{CAMPAIGN}-summary.xlsx"
    assert {"党员数", "第1区：职工数", "合计：联络员数"} <= {*check_sources(house.engine, summary.read_bytes())}


class Killed(BaseException):
    """The process is no more."""


def test_killed_while_it_ends_it_keeps_nothing_and_then_keeps_each_branch_once(house: House) -> None:
    for wave in WAVES:
        close_window(house, window_id(house, wave), now=CLOSED)

    def die(statement: Statement) -> None:
        if statement.text.startswith("INSERT INTO ended_branch"):
            raise Killed

    with pytest.raises(Killed), before_each(house.engine, die):
        end_campaign(house, CAMPAIGN, now=CLOSED)
    assert of_registry(house) == [6, 72, 600, 6]
    assert end_campaign(house, CAMPAIGN, now=CLOSED)
    assert of_registry(house) == [6, 72, 600, 6]

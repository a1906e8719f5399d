from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.house import House
from actions.reading.problems import ProblemFilter, read_problems
from actions.solve_problem import Solution, solve_problems
from config.errors import Refusal
from config.vocabulary import ProblemStatus
from tests.factories import a_running_house, at

FOUND = at("2009-11-02 10:00")
DUE = date(2009, 11, 20)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house with problem 1 of U1-1 without a date, and 2 of U1-1 and 3 of U2-1 due on 20 November."""
    house = a_running_house(engine, tmp_path / "home")
    findings = [
        Finding("U1-1", "first", FOUND, "a"),
        Finding("U1-1", "second", FOUND, "a", "o", DUE),
        Finding("U2-1", "third", FOUND, "b", None, DUE),
    ]
    assert add_problems(house, "trial", findings) == (1, 2, 3)
    return house


def late_ones(house: House, now: str) -> list[int]:
    return [problem.number for problem in read_problems(house, "trial", now=at(now)).problems if problem.late]


def test_problems_come_by_their_numbers_with_the_last_day_for_solving_them(house: House) -> None:
    found = read_problems(house, "trial", now=FOUND)
    assert found.campaign.zh == "试点"
    assert [(problem.number, problem.branch, problem.last_day) for problem in found.problems] == [
        (1, "U1-1", None),
        (2, "U1-1", DUE),
        (3, "U2-1", DUE),
    ]
    assert {problem.stage for problem in found.problems} == {"rectification"}
    assert found.problems[1].due_at == at("2009-11-21 00:00")


def test_a_problem_is_late_from_its_deadline_on_unless_it_was_solved_before(house: House) -> None:
    assert late_ones(house, "2009-11-20 23:59") == []
    assert late_ones(house, "2009-11-21 00:00") == [2, 3]
    solve_problems(house, "trial", [Solution(2, at("2009-11-20 10:00"), "a"), Solution(3, at("2009-11-21 00:00"), "a")])
    assert late_ones(house, "2010-01-01 00:00") == [3]


def test_problems_can_be_those_of_one_branch_or_of_one_status(house: House) -> None:
    solve_problems(house, "trial", [Solution(1, FOUND, "a", "done")])
    of_branch = read_problems(house, "trial", ProblemFilter(branch="U1-1"), now=FOUND).problems
    assert [problem.number for problem in of_branch] == [1, 2]
    (solved,) = read_problems(house, "trial", ProblemFilter(status=ProblemStatus.SOLVED), now=FOUND).problems
    assert (solved.number, solved.solved_at, solved.solved_by, solved.note) == (1, FOUND, "a", "done")


def test_an_unknown_branch_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="branch X: not in the registry"):
        read_problems(house, "trial", ProblemFilter(branch="X"), now=FOUND)

"""Problems: recorded, given an owner and a date, solved; or declared not to be there."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.assign_problem import assign_problem
from actions.declare_no_problems import Declaration, declare_no_problems
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.solve_problem import Solution, solve_problems
from config.errors import Refusal
from config.vocabulary import EventKind, ProblemStatus
from models.campaign import Enrolment
from models.problem import Problem
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, a_running_house, at, imported, registry_row
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, every, facts, told

NOW = at("2009-11-03 10:00")
LATER = at("2009-11-04 10:00")
DUE = date(2009, 11, 20)


def found(branch: str, title: str = "no library", *, due: date | None = None, owner: str | None = None) -> Finding:
    return Finding(branch, title, NOW, f"O{branch}", owner, due)


def problems(house: House) -> dict[int, Problem]:
    return {problem.number: problem for problem in every(house, Problem)}


def cleared(house: House) -> list[datetime]:
    return [enrolment.cleared_at for enrolment in every(house, Enrolment) if enrolment.cleared_at]


def test_problems_are_numbered_within_the_campaign(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=2)
    assert add_problems(house, CODE, [found("U1-1", "one"), found("U1-2", "two")]) == (1, 2)
    assert add_problems(house, CODE, [found("U1-1", "three", owner="王", due=DUE)]) == (3,)
    third = problems(house)[3]
    assert (third.title, third.owner, third.status) == ("three", "王", ProblemStatus.OPEN)
    assert (third.found_at, third.found_by) == (NOW, "OU1-1")
    assert third.due_at == at("2009-11-21 00:00")
    assert third.next_reminder_at == at("2009-11-17 08:30")
    assert (problems(house)[1].due_at, problems(house)[1].next_reminder_at) == (None, None)
    assert [event.subject for event in events_of(house, EventKind.PROBLEM_ADDED)] == ["U1-1 #1", "U1-2 #2", "U1-1 #3"]


def test_nothing_found_is_nothing_written(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    assert add_problems(house, CODE, []) == ()
    assert problems(house) == {}


def test_problems_recorded_at_once_get_numbers_of_their_own(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    numbers: list[int] = []
    threads = [Thread(target=lambda: numbers.extend(add_problems(house, CODE, [found("U1-1")]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == sorted(problems(house)) == [1, 2, 3, 4]


def test_a_problem_without_a_day_gets_one_later(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    add_problems(house, CODE, [found("U1-1")])
    assign_problem(house, CODE, 1, owner="王", due=None, actor="李", now=NOW)
    assign_problem(house, CODE, 1, owner=None, due=DUE, actor="李", now=LATER)
    problem = problems(house)[1]
    assert (problem.owner, problem.due_at) == ("王", at("2009-11-21 00:00"))
    assert problem.next_reminder_at == at("2009-11-17 08:30")
    _, event = events_of(house, EventKind.PROBLEM_ASSIGNED)
    assert facts(event.before) == {"due_at": None, "owner": "王", "category": None, "measures": None}


def test_a_problem_is_solved_once_and_reminded_no_more(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    add_problems(house, CODE, [found("U1-1", due=DUE), found("U1-1", "two")])
    assert solve_problems(house, CODE, [Solution(1, LATER, "OU1-1", "bought books")]) == 1
    problem = problems(house)[1]
    assert (problem.status, problem.solved_at, problem.solved_by) == (ProblemStatus.SOLVED, LATER, "OU1-1")
    assert (problem.note, problem.next_reminder_at) == ("bought books", None)
    assert problems(house)[2].status is ProblemStatus.OPEN
    before = dump(engine)
    assert solve_problems(house, CODE, [Solution(1, at("2009-11-05 10:00"), "somebody else")]) == 0
    assert dump(engine) == before


def test_a_problem_is_reminded_like_a_task(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    add_problems(house, CODE, [found("U1-1", due=DUE)])
    for stage in ("analysis", "rectification"):
        plan_reminders(house, CODE, stage, now=at("2009-11-25 09:00"))
    assert told(house) == {("OU1-1", "U1-1", "#1"), ("G1", "U1-1", "#1")}


def test_a_task_and_a_problem_that_are_due_at_once_are_told_together(engine: Engine, tmp_path: Path) -> None:
    text = CAMPAIGN.split("  - code: mobilization")[0] + "  - code: analysis" + CAMPAIGN.split("- code: analysis")[1]
    text = text.split("  - code: rectification")[0].replace("opens: after study", "opens: wave")
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1, text=text)
    add_problems(house, CODE, [Finding("U1-1", "no library", at("2009-09-08 10:00"), "OU1-1", due=date(2009, 9, 18))])
    plan_reminders(house, CODE, "analysis", now=at("2009-09-18 09:00"))
    assert told(house) == {("OU1-1", "U1-1", "#1"), ("OU1-1", "U1-1", "analysis/findings")}


def test_a_declaration_is_taken_once_and_back_when_a_problem_turns_up(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=2)
    declared = Declaration("U1-1", NOW, "OU1-1")
    assert declare_no_problems(house, CODE, [declared]) == 1
    assert cleared(house) == [NOW]
    before = dump(engine)
    assert declare_no_problems(house, CODE, [Declaration("U1-1", LATER, "somebody else")]) == 0
    assert dump(engine) == before
    add_problems(house, CODE, [found("U1-1")])
    assert cleared(house) == []


Act = Callable[[House], object]
PAST = date(2009, 11, 2)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("act", "expected"),
    [
        pytest.param(
            lambda house: add_problems(house, CODE, [found("U1-1"), found("U9-9")]),
            "branch U9-9: not in the registry",
            id="a problem of an unknown branch",
        ),
        pytest.param(
            lambda house: add_problems(house, CODE, [found("IDLE")]),
            "branch IDLE: not in campaign trial",
            id="a problem of a branch that takes no part",
        ),
        pytest.param(
            lambda house: add_problems(house, CODE, [found("U1-1", due=PAST)]),
            "due 2009-11-02: is past already; give a day from 2009-11-03 on",
            id="a day in the past",
        ),
        pytest.param(
            lambda house: assign_problem(house, CODE, 1, owner=None, due=PAST, actor="李", now=NOW),
            "due 2009-11-02: is past already",
            id="another day in the past",
        ),
        pytest.param(
            lambda house: assign_problem(house, CODE, 9, owner="王", due=None, actor="李", now=NOW),
            "problem 9: not in campaign trial",
            id="an owner for an unknown problem",
        ),
        pytest.param(
            lambda house: assign_problem(house, CODE, 2, owner="王", due=None, actor="李", now=NOW),
            "problem 2: solved already by OU1-1",
            id="an owner for what is solved",
        ),
        pytest.param(
            lambda house: solve_problems(house, CODE, [Solution(1, NOW, "OU1-1"), Solution(9, NOW, "OU1-1")]),
            "problem 9: not in campaign trial",
            id="the solution of an unknown problem",
        ),
        pytest.param(
            lambda house: declare_no_problems(house, CODE, [Declaration("U1-1", NOW, "OU1-1")]),
            "branch U1-1: has recorded problems, so it cannot declare none",
            id="none where there are some",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    engine: Engine, tmp_path: Path, act: Act, expected: str
) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    imported(house, registry_row(1, 9, code="IDLE", status="prospect"), now=NOW)
    add_problems(house, CODE, [found("U1-1"), found("U1-1")])
    solve_problems(house, CODE, [Solution(2, NOW, "OU1-1")])
    before = dump(engine)
    with pytest.raises(Refusal) as refused:
        act(house)
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)
    assert dump(engine) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_campaign_that_chases_no_problems_takes_none(engine: Engine, tmp_path: Path) -> None:
    text = CAMPAIGN.split("  - code: analysis")[0]
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1, text=text)
    with pytest.raises(Refusal, match="has no analysis or rectification stage"):
        add_problems(house, CODE, [found("U1-1")])
    with pytest.raises(Refusal, match="has no analysis or rectification stage"):
        declare_no_problems(house, CODE, [Declaration("U1-1", NOW, "OU1-1")])

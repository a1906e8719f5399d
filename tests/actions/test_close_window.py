"""Closing a window: at or after its planned close, when its gate lets it, with its reasons on record."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.approve_gate import approve_gate
from actions.assign_problem import assign_problem
from actions.assignments.named import Named
from actions.close_window import GateTried, close_window, read_blockers
from actions.complete import complete
from actions.declare_no_problems import Declaration, declare_no_problems
from actions.house import House
from actions.open_window import open_window
from actions.override_gate import override_gate
from actions.solve_problem import Solution, solve_problems
from actions.waive import waive
from config.vocabulary import BlockerKind, EventKind, WindowStatus
from rules.gates import Blocker
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, a_running_house, answer, at, imported, registry_row
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, facts, window_id, window_of, work_of

PILOT = "mobilization/pilot"
CLOSES = at("2009-09-25 00:00")
BOTH = ("survey", "training")


def closed(house: House, label: str = PILOT, now: datetime = CLOSES) -> GateTried | None:
    return close_window(house, window_id(house, label), now=now)


def answered(house: House, *branches: str) -> None:
    complete(house, CODE, [answer(branch, task, "2009-09-18 10:00") for branch in branches for task in BOTH])


def first_stage(kind: str, gate: str, tasks: str = "") -> str:
    """The trial with a first stage of another kind and gate; without tasks its gate has nothing to count."""
    head, _, rest = CAMPAIGN.partition("  - code: mobilization\n")
    stage = f"  - code: first\n    kind: {kind}\n    opens: wave\n    lasts: 14 workdays\n    gate: {gate}\n{tasks}"
    return head + stage + rest[rest.index("  - code: study") :].replace("after mobilization", "after first")


def test_a_window_whose_gate_is_met_closes_and_hands_over_to_its_own_wave(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    answered(house, "U1-1", "U1-2")
    assert closed(house) == GateTried(PILOT, WindowStatus.CLOSED, ())
    window = window_of(house, PILOT)
    assert (window.status, window.closed_at, window.blockers) == (WindowStatus.CLOSED, CLOSES, "[]")
    study = window_of(house, "study/pilot")
    assert study.awaits_id is None
    assert (study.first_day, study.last_day) == (date(2009, 9, 27), date(2009, 10, 29))
    assert (study.opens_at, study.closes_at) == (at("2009-09-27 00:00"), at("2009-10-30 00:00"))
    assert study.check_at == at("2009-10-15 00:00")
    assert window_of(house, "study/main").awaits_id is not None, "the other wave still waits"
    assert window_of(house, "analysis/pilot").awaits_id is not None
    (event,) = events_of(house, EventKind.WINDOW_CLOSED)
    assert (event.subject, event.actor, event.at) == (PILOT, "patrol", CLOSES)
    assert facts(event.after) == {"blockers": [], "status": "closed"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("now", "opens"),
    [
        pytest.param("2009-09-25 00:00", "2009-09-27", id="Friday 25 September: Sunday 27, a worked day"),
        pytest.param("2009-09-25 23:59", "2009-09-27", id="at any hour of that day"),
        pytest.param("2009-09-26 00:00", "2009-09-27", id="on the Saturday after"),
        pytest.param("2009-09-27 08:30", "2009-09-28", id="on that Sunday: the day after"),
        pytest.param("2009-09-30 12:00", "2009-10-09", id="before the holidays: after them"),
        pytest.param("2009-10-09 00:00", "2009-10-10", id="Saturday 10 October is worked"),
    ],
)
def test_the_next_window_opens_on_the_first_working_day_after_the_real_close(
    engine: Engine, tmp_path: Path, now: str, opens: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    answered(house, "U1-1")
    closed(house, now=at(now))
    assert str(window_of(house, "study/pilot").first_day) == opens


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_window_that_has_a_date_keeps_it(engine: Engine, tmp_path: Path) -> None:
    dated = CAMPAIGN.replace("opens: after mobilization", "opens: 2009-11-02")
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1, text=dated)
    open_window(house, window_id(house, PILOT), now=at("2009-09-07 00:00"))
    answered(house, "U1-1")
    closed(house)
    assert window_of(house, "study/pilot").first_day == date(2009, 11, 2)


def test_nothing_closes_before_its_planned_close(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    answered(house, "U1-1")
    override_gate(house, CODE, PILOT, reason="in a hurry", actor="李", now=at("2009-09-18 10:00"))
    before = dump(engine)
    assert closed(house, now=at("2009-09-24 23:59")) is None
    assert closed(house, "study/pilot", now=at("2009-12-24 23:59")) is None, "nor what never opened"
    assert dump(engine) == before


def test_a_window_whose_gate_is_not_met_is_held_with_its_reasons(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    answered(house, "U1-1")
    reasons = (Blocker(BlockerKind.SHARE_DONE, have=2, need=4),)
    assert closed(house) == GateTried(PILOT, WindowStatus.HELD, reasons)
    window = window_of(house, PILOT)
    assert (window.status, window.closed_at, read_blockers(window)) == (WindowStatus.HELD, None, reasons)
    assert window_of(house, "study/pilot").awaits_id is not None
    (event,) = events_of(house, EventKind.WINDOW_HELD)
    assert facts(event.after)["blockers"] == [{"kind": "share_done", "have": 2, "need": 4}]


def test_a_held_window_is_tried_again_and_says_only_what_is_new(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    closed(house)
    before = dump(engine)
    tried = closed(house, now=at("2009-09-25 01:00"))
    assert (tried and tried.status, dump(engine)) == (WindowStatus.HELD, before)
    answered(house, "U1-1")
    closed(house, now=at("2009-09-25 02:00"))
    answered(house, "U1-2")
    closed(house, now=at("2009-09-28 03:00"))
    told = [(event.kind, event.at) for event in events_of(house, EventKind.WINDOW_HELD, EventKind.WINDOW_CLOSED)]
    assert told == [
        (EventKind.WINDOW_HELD, CLOSES),
        (EventKind.WINDOW_HELD, at("2009-09-25 02:00")),
        (EventKind.WINDOW_CLOSED, at("2009-09-28 03:00")),
    ]
    assert window_of(house, "study/pilot").first_day == date(2009, 9, 29)


def test_a_closed_window_is_not_closed_again(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    answered(house, "U1-1")
    closed(house)
    before = dump(engine)
    assert closed(house, now=at("2009-09-30 12:00")) is None
    assert dump(engine) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_waived_work_is_not_asked_for(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    answered(house, "U1-1")
    for task in BOTH:
        waive(house, CODE, Named("U1-2", task), reason="merged", actor="李", now=at("2009-09-18 10:00"))
    tried = closed(house)
    assert tried is not None
    assert tried.status is WindowStatus.CLOSED


@pytest.mark.parametrize("gate", ["{done: 95%, otherwise: close}", "{done: 95%}"], ids=["otherwise close", "override"])
def test_what_closes_without_its_gate_closes_with_the_reasons_on_record(
    engine: Engine, tmp_path: Path, gate: str
) -> None:
    text = CAMPAIGN.replace("gate: {done: 95%}", f"gate: {gate}")
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=text)
    by_hand = "otherwise" not in gate
    if by_hand:
        override_gate(house, CODE, PILOT, reason="the flood", actor="李", now=at("2009-09-18 10:00"))
    reasons = (Blocker(BlockerKind.SHARE_DONE, have=0, need=2),)
    assert closed(house) == GateTried(PILOT, WindowStatus.CLOSED, reasons)
    assert read_blockers(window_of(house, PILOT)) == reasons
    assert window_of(house, "study/pilot").awaits_id is None
    (event,) = events_of(house, EventKind.WINDOW_CLOSED)
    assert event.reason == ("the flood" if by_hand else None)


def test_work_still_open_stays_open_answerable_and_chased(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    override_gate(house, CODE, PILOT, reason="the flood", actor="李", now=at("2009-09-18 10:00"))
    before = work_of(house, "U1-1", "training")
    closed(house)
    assert work_of(house, "U1-1", "training") == before
    assert before.next_reminder_at is not None
    (receipt,) = complete(house, CODE, [answer("U1-1", "training", "2009-09-29 10:00")])
    assert receipt.done_at == at("2009-09-29 10:00")


def test_many_that_close_one_window_at_once_close_it_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    answered(house, "U1-1")
    start, tried = Barrier(4), []

    def close() -> None:
        start.wait()
        tried.append(closed(house))

    threads = [Thread(target=close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tried) == 4
    assert len(events_of(house, EventKind.WINDOW_CLOSED)) == 1


FOUND = at("2009-09-15 10:00")


def finding(branch: str, *, owner: str | None = None, due: date | None = None) -> Finding:
    return Finding(branch, "no library", FOUND, f"O{branch}", owner, due)


def nobody_answers(house: House) -> None:
    imported(house, registry_row(1, 3, officer=""), now=FOUND)


def no_channel(house: House) -> None:
    with house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE channel SET status = 'disabled' WHERE rank = 0")


def looked(house: House) -> None:
    declare_no_problems(house, CODE, [Declaration("U1-1", FOUND, "OU1-1")])
    add_problems(house, CODE, [finding("U1-2")])


def looked_and_assigned(house: House) -> None:
    looked(house)
    assign_problem(house, CODE, 1, owner="王", due=date(2009, 9, 30), actor="李", now=FOUND)


def half_solved(house: House) -> None:
    add_problems(house, CODE, [finding(branch) for branch in ("U1-1", "U1-2", "U2-1", "U2-2")])
    solve_problems(house, CODE, [Solution(1, FOUND, "OU1-1")])


def all_solved(house: House) -> None:
    half_solved(house)
    solve_problems(house, CODE, [Solution(2, FOUND, "OU1-2")])


def approved(house: House) -> None:
    approve_gate(house, CODE, "first/pilot", actor="李", now=FOUND)


def left_alone(_: House) -> None:
    """Do nothing."""


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("kind", "gate", "act", "reasons"),
    [
        pytest.param("mobilization", "{}", left_alone, [], id="everybody can be reached"),
        pytest.param("mobilization", "{}", nobody_answers, [(BlockerKind.NO_OFFICER, 1, 0)], id="no officer"),
        pytest.param("mobilization", "{}", no_channel, [(BlockerKind.NO_CHANNEL, 2, 0)], id="no channel in use"),
        pytest.param("analysis", "{}", left_alone, [(BlockerKind.NO_FINDING, 2, 0)], id="nobody looked"),
        pytest.param("analysis", "{}", looked, [(BlockerKind.PROBLEM_UNASSIGNED, 1, 0)], id="without owner and date"),
        pytest.param("analysis", "{}", looked_and_assigned, [], id="all looked, and it is somebody's"),
        pytest.param("rectification", "{solved: 60%}", left_alone, [], id="nothing to solve"),
        pytest.param("rectification", "{solved: 60%}", half_solved, [(BlockerKind.SHARE_SOLVED, 1, 2)], id="half"),
        pytest.param("rectification", "{solved: 60%}", all_solved, [], id="solved in this wave"),
        pytest.param("plain", "{approval: true}", left_alone, [(BlockerKind.APPROVAL, 0, 1)], id="not approved"),
        pytest.param("plain", "{approval: true}", approved, [], id="approved"),
        pytest.param("study", "{done: 100%}", left_alone, [], id="a share of nothing asks for nothing"),
    ],
)
def test_each_kind_of_stage_has_its_own_reasons(
    engine: Engine,
    tmp_path: Path,
    kind: str,
    gate: str,
    act: Callable[[House], None],
    reasons: list[tuple[BlockerKind, int, int]],
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2, text=first_stage(kind, gate))
    act(house)
    tried = closed(house, "first/pilot")
    assert tried is not None
    assert tried.blockers == tuple(Blocker(*reason) for reason in reasons)
    assert tried.status is (WindowStatus.HELD if reasons else WindowStatus.CLOSED)

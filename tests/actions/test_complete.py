"""Completing work: once, by whoever was first, with the figures that were asked for."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select

from actions.assignments.named import Named
from actions.complete import Answer, Completion, Receipt, complete, complete_each
from actions.waive import waive
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.assignment import FigureValue
from models.branch import Branch
from models.database import snapshot
from models.officer import Officer
from models.scope import EVERYTHING, Scope
from tests.dumps import dump
from tests.factories import CAMPAIGN, a_house_at_work, a_running_house, answer, at, imported, registry_row
from tests.records import CAMPAIGN as CODE
from tests.records import counters_of, events_of, every, facts, recounted, work_of

AMOUNT = CAMPAIGN.replace(
    "figures: [members]",
    "figures: [{code: spent, title: Spent, kind: amount, maximum: 1000}, {code: hours, title: Hours, required: false}]",
)


def test_a_completion_says_when_and_by_whom_and_ends_the_reminders(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    (receipt,) = complete(house, CODE, [answer("U1-1", "survey", "2009-09-10 10:00", members=12)])
    assert receipt == Receipt(
        "U1-1",
        "mobilization",
        "survey",
        Completion.COMPLETED,
        due_at=at("2009-09-15 00:00"),
        done_at=at("2009-09-10 10:00"),
        done_by="OU1-1",
    )
    work = work_of(house, "U1-1", "survey")
    assert (work.status, work.done_at, work.done_by) == (AssignmentStatus.DONE, receipt.done_at, "OU1-1")
    assert work.next_reminder_at is None
    assert [(value.code, value.value) for value in every(house, FigureValue)] == [("members", 12)]
    (event,) = events_of(house, EventKind.ASSIGNMENT_COMPLETED)
    assert (event.at, event.actor, event.subject) == (receipt.done_at, "OU1-1", "U1-1 mobilization/survey")
    assert facts(event.after) == {"status": "done", "figures": {"members": 12}, "note": None}


def test_completing_twice_is_harmless_and_says_who_did_it(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    complete(house, CODE, [answer("U1-1", "training", "2009-09-10 10:00")])
    before = dump(engine)
    again = Answer("U1-1", "training", at("2009-09-11 10:00"), actor="somebody else", note="too late")
    (receipt,) = complete(house, CODE, [again])
    assert receipt.completion is Completion.DONE_BEFORE
    assert (receipt.done_at, receipt.done_by) == (at("2009-09-10 10:00"), "OU1-1")
    assert dump(engine) == before


def test_what_is_done_already_asks_for_no_figures_again(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    complete(house, CODE, [answer("U1-1", "survey")])
    (receipt,) = complete(house, CODE, [Answer("U1-1", "survey", at("2009-09-16 10:00"), actor="somebody else")])
    assert (receipt.completion, receipt.done_by) == (Completion.DONE_BEFORE, "OU1-1")


def test_waived_work_stays_waived(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    waive(house, CODE, Named("U1-1", "training"), reason="merged", actor="李", now=at("2009-09-10 10:00"))
    before = dump(engine)
    (receipt,) = complete(house, CODE, [answer("U1-1", "training")])
    assert (receipt.completion, receipt.done_at, receipt.done_by) == (Completion.WAIVED_BEFORE, None, None)
    assert dump(engine) == before


def test_one_piece_of_work_answered_twice_at_once_is_done_by_the_first(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    twins = [answer("U1-1", "survey", members=1), answer("U1-1", "mobilization/survey", members=2)]
    first, second = complete(house, CODE, twins)
    assert (first.completion, second.completion) == (Completion.COMPLETED, Completion.DONE_BEFORE)
    assert [value.value for value in every(house, FigureValue)] == [1]
    assert counters_of(house) == recounted(house)


def test_receipts_come_in_the_order_of_the_answers(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    asked = [("U2-3", "training"), ("U1-1", "survey"), ("U2-3", "survey"), ("U1-2", "training")]
    receipts = complete(house, CODE, [answer(branch, task) for branch, task in asked])
    assert [(receipt.branch, receipt.task) for receipt in receipts] == asked
    assert len(events_of(house, EventKind.ASSIGNMENT_COMPLETED)) == 4
    assert counters_of(house) == recounted(house)


@pytest.mark.parametrize(
    ("when", "in_time"),
    [
        pytest.param(at("2009-09-15 00:00") - timedelta(microseconds=1), 1, id="the last moment"),
        pytest.param(at("2009-09-15 00:00"), 0, id="the deadline itself is too late"),
    ],
)
def test_in_time_is_before_the_deadline(engine: Engine, tmp_path: Path, when: datetime, in_time: int) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    complete(house, CODE, [Answer("U1-1", "survey", when, "OU1-1", {"members": 12})])
    assert sum(counts.in_time for counts in counters_of(house).values()) == in_time
    assert counters_of(house) == recounted(house)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param({}, "U1-1 mobilization/survey: needs the figures spent", id="missing"),
        pytest.param({"spent": 1, "cost": 1}, "no figure cost is asked for; it takes: spent, hours", id="unknown"),
        pytest.param({"spent": -1}, "spent: -1 is under the least allowed, 0", id="under the least"),
        pytest.param({"spent": Decimal("1000.01")}, "1000.01 is over the most allowed, 1000", id="over the most"),
        pytest.param({"spent": Decimal("0.001")}, "a number with at most two decimals", id="too many decimals"),
        pytest.param({"spent": 1, "hours": Decimal("0.5")}, "hours: 0.5 is not a whole number", id="half an hour"),
        pytest.param({"spent": Decimal("NaN")}, "spent: NaN is not a number", id="no number"),
        pytest.param({"spent": 1, "hours": 2**63}, "too large to be stored", id="too large"),
    ],
)
def test_figures_that_make_no_sense_are_refused_and_nothing_is_written(
    engine: Engine, tmp_path: Path, figures: Mapping[str, int | Decimal], expected: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=AMOUNT)
    before = dump(engine)
    wrong = Answer("U1-1", "survey", at("2009-09-10 10:00"), "OU1-1", figures)
    with pytest.raises(Refusal) as refused:
        complete(house, CODE, [answer("U2-1", "training"), wrong])
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)
    assert dump(engine) == before


def test_an_amount_is_kept_in_hundredths_and_the_largest_fits(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1, text=AMOUNT)
    figures = {"spent": Decimal("999.99"), "hours": 2**63 - 1}
    complete(house, CODE, [Answer("U1-1", "survey", at("2009-09-10 10:00"), "OU1-1", figures)])
    assert {value.code: value.value for value in every(house, FigureValue)} == {"spent": 99_999, "hours": 2**63 - 1}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("branch", "task", "expected"),
    [
        pytest.param("U9-9", "survey", "branch U9-9: not in the registry", id="unknown branch"),
        pytest.param("IDLE", "survey", "branch IDLE: not in campaign trial", id="branch not in the campaign"),
        pytest.param("U1-1", "dance", "task dance: not in campaign trial", id="unknown task"),
        pytest.param("U1-1", "study/survey", "task study/survey: not in campaign", id="task of another stage"),
        pytest.param(
            "U1-1", "lecture", "study/pilot is not open yet; it opens on 2009-09-27", id="not open yet: says the day"
        ),
    ],
)
def test_work_that_is_not_there_is_refused_and_nothing_is_written(
    engine: Engine, tmp_path: Path, branch: str, task: str, expected: str
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    imported(house, registry_row(1, 9, code="IDLE", status="prospect"), now=at("2009-09-15 09:00"))
    before = dump(engine)
    with pytest.raises(Refusal) as refused:
        complete(house, CODE, [answer("U2-1", "training"), answer(branch, task)])
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)
    assert dump(engine) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unknown_campaign_is_refused_with_those_there_are(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", branches=1)
    with pytest.raises(Refusal, match="campaign nothing: not launched here; there are: trial"):
        complete(house, "nothing", [answer("U1-1", "survey")])


def test_many_that_complete_one_piece_of_work_at_once_complete_it_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    actors = [f"person {number}" for number in range(4)]
    start, receipts = Barrier(len(actors)), []

    def answer_as(actor: str) -> None:
        start.wait()
        for task in ("survey", "training"):
            given = {"members": 12} if task == "survey" else {}
            receipts.extend(complete(house, CODE, [Answer("U1-1", task, at("2009-09-10 10:00"), actor, given)]))

    threads = [Thread(target=answer_as, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [receipt for receipt in receipts if receipt.completion is Completion.COMPLETED]
    assert sorted(receipt.task for receipt in done) == ["survey", "training"]
    assert len(receipts) == len(actors) * 2
    for receipt in receipts:
        assert receipt.done_by == next(first.done_by for first in done if first.task == receipt.task)
    assert counters_of(house) == recounted(house)
    assert len(events_of(house, EventKind.ASSIGNMENT_COMPLETED)) == 2


def test_nothing_is_done_before_its_window_opened(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    with pytest.raises(Refusal, match="cannot be done before its window opened, on 2009-09-07"):
        complete(house, CODE, [answer("U1-1", "survey", "2009-09-06 23:59")])


def test_of_answers_given_apart_the_refused_harm_no_others(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home")
    outcomes = complete_each(
        house,
        CODE,
        [
            answer("U1-1", "survey"),
            answer("U9-9", "survey"),
            answer("U1-2", "dance"),
            answer("U2-1", "survey", members=-1),
            answer("U1-1", "mobilization/survey", members=99),
            answer("U2-1", "survey"),
            answer("U1-1", "lecture"),
        ],
    )
    assert [str(each) if isinstance(each, Refusal) else each.completion for each in outcomes] == [
        Completion.COMPLETED,
        "branch U9-9: not in the registry",
        "task dance: not in campaign trial; `rollcall task list` shows what there is",
        "U2-1 mobilization/survey: members: -1 is under the least allowed, 0",
        Completion.DONE_BEFORE,
        Completion.COMPLETED,
        "task lecture: study/pilot is not open yet; it opens on 2009-09-27",
    ]
    assert sorted(value.value for value in every(house, FigureValue)) == [12, 12]
    assert len(events_of(house, EventKind.ASSIGNMENT_COMPLETED)) == 2
    assert counters_of(house) == recounted(house)


@pytest.mark.parametrize(
    ("seen", "allowed"),
    [
        pytest.param("everything", True, id="everything"),
        pytest.param("/R/U1/", True, id="the unit"),
        pytest.param("/R/", True, id="a unit above"),
        pytest.param("/R/U2/", False, id="another unit"),
        pytest.param("OU1-1", True, id="the officer"),
        pytest.param("OU1-2", False, id="another officer"),
        pytest.param("U1-1", True, id="the branch"),
        pytest.param("U1-2", False, id="another branch"),
    ],
)
def test_work_outside_the_scope_of_whoever_answers_is_not_there(
    engine: Engine, tmp_path: Path, seen: str, allowed: bool
) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=2)
    scope = _scope_of(engine, seen)
    for task in ("survey", "lecture"):  # the second is not open yet, which is nothing to tell to others
        asked = answer("U1-1", task)
        (outcome,) = complete_each(house, CODE, [Answer(asked.branch, task, asked.at, "x", asked.figures, scope=scope)])
        assert (str(outcome) != "branch U1-1: not in the registry") == allowed
    assert (work_of(house, "U1-1", "survey").status is AssignmentStatus.DONE) == allowed


def _scope_of(engine: Engine, seen: str) -> Scope:
    """A path, an officer's or a branch's code, or everything."""
    if seen == "everything":
        return EVERYTHING
    if seen.startswith("/"):
        return Scope(path=seen)
    model = Officer if seen.startswith("O") else Branch
    with snapshot(engine) as session:
        found = session.execute(select(model.id).where(model.code == seen)).scalar_one()
    return Scope(officers=frozenset({found})) if model is Officer else Scope(branch=found)

"""The clerk: answers that wait together are committed together, and none suffers for another."""

from collections.abc import Sequence
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from actions.complete import Answer, Completion, Receipt
from actions.house import House
from config.errors import Refusal
from config.vocabulary import EventKind
from tests.factories import a_house_at_work, answer, at
from tests.records import CAMPAIGN as CODE
from tests.records import counters_of, events_of, recounted
from web.clerk import Clerk

NOBODY: str = None  # type: ignore[assignment]  # what no table takes for an actor


def given_at_once(house: House, answers: Sequence[Answer], campaign: str = CODE) -> list[Receipt | Exception]:
    """Give the answers from a thread each; return what became of them, in their order."""
    clerk, start = Clerk(house), Barrier(len(answers))
    outcomes: dict[int, Receipt | Exception] = {}

    def give(place: int) -> None:
        start.wait()
        try:
            outcomes[place] = clerk.complete(campaign, answers[place])
        except Exception as error:  # noqa: BLE001 - what the test looks at
            outcomes[place] = error

    threads = [Thread(target=give, args=[place]) for place in range(len(answers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [outcomes[place] for place in range(len(answers))]


def test_every_answer_has_its_own_receipt_and_is_counted_once(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=8)
    asked = [(f"U{unit}-{number}", "survey") for unit in (1, 2) for number in range(1, 9)]
    receipts = given_at_once(house, [answer(*each) for each in asked])
    assert [(each.branch, each.task, each.completion) for each in receipts if isinstance(each, Receipt)] == [
        (*each, Completion.COMPLETED) for each in asked
    ]
    assert len(events_of(house, EventKind.ASSIGNMENT_COMPLETED)) == len(asked)
    assert counters_of(house) == recounted(house)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_answers_that_wait_together_are_committed_together(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=8)
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    given_at_once(house, [answer(f"U{unit}-{number}", "survey") for unit in (1, 2) for number in range(1, 9)])
    assert len(commits) < 16
    assert len(events_of(house, EventKind.ASSIGNMENT_COMPLETED)) == 16


def test_who_answers_second_is_told_who_was_first(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    people = [f"person {number}" for number in range(6)]
    outcomes = given_at_once(house, [Answer("U1-1", "training", at("2009-09-10 10:00"), who) for who in people])
    receipts = [each for each in outcomes if isinstance(each, Receipt)]
    (first,) = (each for each in receipts if each.completion is Completion.COMPLETED)
    assert len(receipts) == len(people)
    assert {each.done_by for each in receipts} == {first.done_by}


def test_an_answer_that_is_refused_or_impossible_harms_no_other(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=6)
    good = [answer(f"U1-{number}", "survey") for number in range(1, 7)]
    wrong = answer("U9-9", "survey")
    poison = Answer("U2-1", "training", at("2009-09-15 10:00"), actor=NOBODY)
    outcomes = given_at_once(house, [*good[:3], wrong, poison, *good[3:]])
    assert [each.completion for each in outcomes if isinstance(each, Receipt)] == [Completion.COMPLETED] * len(good)
    assert str(outcomes[3]) == "branch U9-9: not in the registry"
    assert isinstance(outcomes[4], IntegrityError)
    assert counters_of(house) == recounted(house)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_everybody_is_told_that_there_is_no_such_campaign_and_the_clerk_goes_on(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", branches=1)
    clerk = Clerk(house)
    for _ in range(6):  # more often than the clerk has hands
        with pytest.raises(Refusal, match="campaign nothing: not launched here"):
            clerk.complete("nothing", answer("U1-1", "survey"))
    assert clerk.complete(CODE, answer("U1-1", "survey")).completion is Completion.COMPLETED

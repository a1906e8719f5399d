"""Correcting what was passed on: a new version with a reason, and the old ones stay."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.assignments.named import Named
from actions.complete import complete
from actions.correct_return import Correction, correct_return
from actions.house import House
from actions.open_return import open_return
from actions.pass_on import pass_on
from actions.reopen import reopen
from config.errors import Refusal
from config.vocabulary import AssignmentStatus, EventKind
from models.returned import ReturnFigure, UnitReturn
from tests.dumps import dump
from tests.factories import answer, imported, registry_row
from tests.records import counters_of, events_of, every, facts, recounted
from tests.returns.houses import CODE, PASSED, a_house_with_returns, answer_quarter, task_of

LATER = PASSED.replace(day=22)
TRAINING = Correction("U1-1", "q1", "training")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house in which both units and the city have passed their first quarter on."""
    house = a_house_with_returns(engine, tmp_path / "home", opened=2)
    for branch in ("U1-1", "U1-2", "U2-1", "U2-2"):
        answer_quarter(house, branch, (1, 1, 0), trained=10)
    for unit in ("U1", "U2", "R"):
        passed(house, unit)
    return house


def passed(house: House, unit: str, **more: object) -> dict[str, int | Decimal]:
    return dict(pass_on(house, CODE, "q1", unit, actor="G", now=LATER, **more).figures)  # type: ignore[arg-type]


def corrected(house: House, correction: Correction, reason: str = "counted twice") -> tuple[str, ...]:
    return correct_return(house, CODE, correction, reason=reason, actor="G1", now=LATER)


def all_versions(house: House) -> list[UnitReturn]:
    return sorted(every(house, UnitReturn), key=lambda row: row.id)


def versions(house: House) -> list[tuple[int, bool, bool]]:
    """Return every version with whether it is outdated and whether it was replaced, in the order of passing on."""
    return [(row.version, bool(row.outdated_at), bool(row.replaced_at)) for row in all_versions(house)]


def test_new_figures_outdate_the_returns_that_they_went_into(house: House) -> None:
    correction = Correction("U1-1", "q1", "training", {"trained": 7})
    assert corrected(house, correction) == ("U1", "R")
    assert versions(house) == [(1, True, False), (1, False, False), (1, True, False)]
    (event,) = events_of(house, EventKind.RETURN_CORRECTED)
    assert (event.subject, event.actor, event.reason) == ("U1-1 q1/training", "G1", "counted twice")
    assert facts(event.before) == {"figures": {"trained": 10}}
    assert facts(event.after) == {"figures": {"trained": 7}, "outdated": ["U1", "R"]}


def test_the_next_version_has_the_reason_and_the_old_one_stays(house: House) -> None:
    old = {(row.return_id, row.code): row.value for row in every(house, ReturnFigure)}
    corrected(house, Correction("U1-1", "q1", "training", {"trained": 7}))
    with pytest.raises(Refusal, match="城: 1 are missing in q1: 第1区"):
        passed(house, "R")
    assert passed(house, "U1")["trained"] == 17
    assert passed(house, "R")["trained"] == 37
    assert versions(house) == [
        (1, True, True),
        (1, False, False),
        (1, True, True),
        (2, False, False),
        (2, False, False),
    ]
    assert [row.reason for row in all_versions(house)][3:] == ["counted twice", "counted twice"]
    kept = {(row.return_id, row.code): row.value for row in every(house, ReturnFigure)}
    assert old.items() <= kept.items()


def test_what_is_not_given_stays_as_it_was_answered(house: House) -> None:
    corrected(house, Correction("U1-1", "q1", "organisation", {"joint": 2, "organisations": 4}))
    values = task_of(house, "U1-1", "q1", "organisation").figures
    assert values == {"organisations": 4, "committees": 1, "branches": 1, "joint": 2}


def test_an_answer_taken_back_is_given_again(house: House) -> None:
    assert corrected(house, TRAINING) == ("U1", "R")
    assert task_of(house, "U1-1", "q1", "training").status is AssignmentStatus.OPEN
    assert counters_of(house) == recounted(house)
    with pytest.raises(Refusal, match="第1区: 1 are missing in q1"):
        passed(house, "U1")
    complete(house, CODE, [answer("U1-1", "q1/training", "2027-04-23 10:00", trained=1)])
    assert passed(house, "U1")["trained"] == 11


BAD = {
    "figures that break a rule": (
        Correction("U1-1", "q1", "organisation", {"joint": 2}),
        "organisations: Organisations 2 must equal Committees 1 + Branches 1 + Joint branches 2 = 4",
    ),
    "a figure that nobody asks for": (
        Correction("U1-1", "q1", "training", {"joint": 2}),
        "no figure joint is asked for",
    ),
    "a branch that is not there": (Correction("U9-1", "q1", "training"), "branch U9-1: not in the registry"),
    "work that is not done": (Correction("U1-1", "q2", "training"), "is not done"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_correction_that_cannot_be_taken_changes_nothing(house: House, case: str) -> None:
    correction, told = BAD[case]
    before = dump(house.engine)
    with pytest.raises(Refusal) as refused:
        corrected(house, correction)
    assert told in str(refused.value)
    assert dump(house.engine) == before


def test_what_nothing_holds_is_reopened_and_not_corrected(house: House) -> None:
    corrected(house, TRAINING)
    with pytest.raises(Refusal, match="nothing that was passed on holds it; reopen it instead"):
        corrected(house, Correction("U1-2", "q1", "training", {"trained": 1}))
    reopen(house, CODE, Named("U1-2", "q1/training"), reason="wrong too", actor="G1", now=LATER)


def test_a_correction_cannot_make_the_period_after_fall(house: House) -> None:
    answer_quarter(house, "U1-1", (1, 1, 0), stage="q2")
    with pytest.raises(Refusal, match="committees: is 1 in the period after, and cannot fall"):
        corrected(house, Correction("U1-1", "q1", "organisation", {"committees": 2, "branches": 0}))


def test_a_branch_that_moved_is_corrected_where_it_counted_and_where_it_will(house: House) -> None:
    imported(house, registry_row(2, 9, code="U1-1"), now=LATER)
    assert corrected(house, Correction("U1-1", "q1", "training", {"trained": 7})) == ("U1", "R")
    passed(house, "U1")
    passed(house, "R")
    assert corrected(house, TRAINING) == ("U2", "U1", "R")


def test_a_return_is_opened_again_for_what_was_missing(house: House) -> None:
    assert open_return(house, CODE, "q1", "U1", reason="one more", actor="C", now=LATER) == ("U1", "R")
    (event,) = events_of(house, EventKind.RETURN_CORRECTED)
    assert (event.subject, facts(event.after)) == ("U1 q1", {"outdated": ["U1", "R"]})
    with pytest.raises(Refusal, match="第1区: nothing stands that was passed on in q1"):
        open_return(house, CODE, "q1", "U1", reason="again", actor="C", now=LATER)

"""What became untrue between planning and sending is not said, and the reason is kept."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update

from actions.assign_problem import assign_problem
from actions.assignments.named import Named
from actions.complete import Answer, complete
from actions.extend import Request, extend
from actions.house import House
from actions.solve_problem import Solution, solve_problems
from actions.waive import waive
from config.vocabulary import DropReason, NoticeStatus, Section
from models.branch import Branch
from models.database import transaction
from models.dialects import table_of
from notifications.outbox.truth import drop_untrue
from tests.factories import at
from tests.notifications.factories import (
    EVENING,
    MORNING,
    About,
    a_notice,
    a_problem,
    read_lines,
    read_notice,
)

SURVEY, TRAINING = About("U1-1"), About("U1-1", "training")


def _complete(house: House, task: str = "survey") -> None:
    figures = {"members": 11} if task == "survey" else {}
    complete(house, "trial", [Answer("U1-1", task, MORNING, "test", figures)])


def _waive(house: House) -> None:
    waive(house, "trial", Named("U1-1", "survey"), reason="merged", actor="test", now=MORNING)


def _extend(house: House) -> None:
    request = Request(until=date(2009, 9, 22), reason="flood", branch="U1-1", task="survey")
    extend(house, "trial", request, actor="test", now=MORNING)


def _hand_over(house: House) -> None:
    branch = table_of(Branch)
    with transaction(house.engine) as session:
        session.execute(update(branch).where(branch.c.code == "U1-1").values(officer_id=2))


def _solve(house: House) -> None:
    solve_problems(house, "trial", [Solution(1, MORNING, "test")])


def _move(house: House) -> None:
    assign_problem(house, "trial", 1, owner=None, due=date(2009, 12, 24), actor="test", now=MORNING)


def _drop(house: House, notices: list[int] | None = None) -> int:
    with transaction(house.engine) as session:
        return drop_untrue(session, notices, now=MORNING).total()


def _dropped(house: House, notice: int) -> list[DropReason | None]:
    return [line.dropped for line in read_lines(house, notice)]


@pytest.mark.parametrize(
    ("happens", "reasons"),
    [
        (_complete, [DropReason.DONE, None]),
        (_waive, [DropReason.WAIVED, None]),
        (_extend, [DropReason.EXTENDED, None]),
        (_hand_over, [DropReason.REASSIGNED, DropReason.REASSIGNED]),
        (lambda _: None, [None, None]),
    ],
    ids=["done", "waived", "extended", "reassigned", "nothing"],
)
def test_a_line_about_a_task_falls(
    house: House, happens: Callable[[House], None], reasons: list[DropReason | None]
) -> None:
    notice = a_notice(house, "OU1-1", [SURVEY, TRAINING])
    happens(house)
    cancelled = _drop(house)
    assert _dropped(house, notice) == reasons
    assert cancelled == int(all(reasons))
    assert read_notice(house, notice).status is (NoticeStatus.CANCELLED if all(reasons) else NoticeStatus.PLANNED)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [(_solve, DropReason.SOLVED), (_move, DropReason.EXTENDED), (_hand_over, DropReason.REASSIGNED)],
    ids=["solved", "moved", "reassigned"],
)
def test_a_line_about_a_problem_falls(house: House, happens: Callable[[House], None], reason: DropReason) -> None:
    number = a_problem(house, "U1-1", "场地不足", date(2009, 12, 1))
    notice = a_notice(house, "OU1-1", [About("U1-1", problem=number)])
    happens(house)
    assert _drop(house) == 1
    assert _dropped(house, notice) == [reason]
    assert read_notice(house, notice).reason == reason


def test_another_officer_changes_nothing_for_those_who_watch_over_the_branch(house: House) -> None:
    notice = a_notice(house, "G1", [About("U1-1", section=Section.GROUP)])
    _hand_over(house)
    assert _drop(house) == 0
    assert _dropped(house, notice) == [None]


def test_a_cancelled_notice_keeps_every_reason(house: House) -> None:
    notice = a_notice(house, "OU1-1", [SURVEY, TRAINING])
    _extend(house)
    _complete(house, "training")
    assert _drop(house) == 1
    assert read_notice(house, notice).reason == "done, extended"


def test_cancelled_notices_are_counted_by_campaign(house: House) -> None:
    a_notice(house, "OU1-1", [SURVEY])
    a_notice(house, "C", [About("U1-1", section=Section.COORDINATOR)])
    a_notice(house, "OU1-2", [About("U1-2")])
    _complete(house)
    with transaction(house.engine) as session:
        assert drop_untrue(session, now=MORNING) == {1: 2}


def test_dropping_again_changes_nothing(house: House) -> None:
    notice = a_notice(house, "OU1-1", [SURVEY])
    _complete(house)
    assert [_drop(house), _drop(house)] == [1, 0]
    assert _dropped(house, notice) == [DropReason.DONE]


def test_only_the_notices_given_are_looked_at(house: House) -> None:
    first = a_notice(house, "OU1-1", [SURVEY])
    second = a_notice(house, "OU1-1", [SURVEY], sends_from=at("2009-09-17 08:30"), sends_until=EVENING)
    _complete(house)
    assert _drop(house, [second]) == 1
    assert read_notice(house, first).status is NoticeStatus.PLANNED
    assert _drop(house, []) == 0

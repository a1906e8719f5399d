"""What was passed on without an answer is reminded of nobody, until its return is opened again."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.house import House
from actions.open_return import open_return
from actions.pass_on import pass_on
from actions.plan_reminders import plan_reminders
from config.vocabulary import DropReason, NoticeStatus
from models.assignment import Assignment
from models.branch import Branch
from models.notice import Notice, NoticeLine
from tests.factories import at, imported, registry_row
from tests.records import every
from tests.returns.houses import CODE, RETURNS, a_house_with_returns, answer_quarter

REMINDED = RETURNS.replace(
    "stages:",
    """\
reminders:
  rungs:
    - {at: due, to: [liaison]}
    - {at: 2 workdays after due, every: 2 workdays, times: 5, to: [liaison]}
stages:""",
    1,
)
DUE, PASSED, LATER = at("2027-04-15 09:30"), at("2027-04-15 10:00"), at("2027-04-20 10:00")


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house in which U1-1 has answered the first quarter, and nobody else."""
    house = a_house_with_returns(engine, tmp_path / "home", text=REMINDED)
    answer_quarter(house, "U1-1")
    return house


def passed(house: House, unit: str) -> None:
    pass_on(house, CODE, "q1", unit, incomplete=True, reason="flooded", actor="G", now=PASSED)


def opened(house: House, unit: str) -> None:
    open_return(house, CODE, "q1", unit, reason="it came after all", actor="G", now=LATER)


def reminded(house: House, now: datetime) -> set[str]:
    """Plan reminders; return the branches about which a line was planned."""
    before = {line.id for line in every(house, NoticeLine)}
    plan_reminders(house, CODE, "q1", now=now)
    branches = {branch.id: branch.code for branch in every(house, Branch)}
    about = {work.id: branches[work.branch_id] for work in every(house, Assignment)}
    return {about[line.assignment_id or 0] for line in every(house, NoticeLine) if line.id not in before}


def test_who_is_missing_in_a_return_is_reminded_no_more(house: House) -> None:
    passed(house, "U1")
    assert reminded(house, LATER) == {"U2-1", "U2-2"}


def test_what_was_planned_to_be_said_is_taken_off_with_its_reason(house: House) -> None:
    assert reminded(house, DUE) == {"U1-2", "U2-1", "U2-2"}
    passed(house, "U1")
    dropped = [line for line in every(house, NoticeLine) if line.dropped]
    assert [line.dropped for line in dropped] == [DropReason.FROZEN] * 2
    cancelled = [notice for notice in every(house, Notice) if notice.status is NoticeStatus.CANCELLED]
    assert {notice.id for notice in cancelled} == {line.notice_id for line in dropped}


def test_a_return_that_is_opened_wakes_the_reminders(house: House) -> None:
    passed(house, "U1")
    opened(house, "U1")
    assert "U1-2" in reminded(house, LATER)


def test_a_return_above_that_is_opened_wakes_only_what_no_other_holds(house: House) -> None:
    passed(house, "U1")
    passed(house, "R")
    assert reminded(house, LATER) == set()
    opened(house, "R")
    assert reminded(house, LATER) == {"U2-1", "U2-2"}


def test_a_branch_that_moves_to_a_unit_that_passed_on_is_not_reminded_there(house: House) -> None:
    passed(house, "U1")
    assert not imported(house, registry_row(1, 1, code="U2-1"), now=PASSED).rejected
    assert reminded(house, LATER) == {"U2-2"}
    assert {work.next_reminder_at for work in every(house, Assignment) if work.unit_id == 2} == {None}

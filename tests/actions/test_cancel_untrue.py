"""Taking off what was planned and is no longer true."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from actions.add_problem import Finding, add_problems
from actions.assign_problem import assign_problem
from actions.assignments.named import Named
from actions.cancel_untrue import cancel_untrue
from actions.complete import complete
from actions.extend import Request, extend
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reopen import reopen
from actions.solve_problem import Solution, solve_problems
from actions.waive import waive
from config.vocabulary import DropReason, EventKind, NoticeStatus, Section
from models.database import transaction
from models.dialects import table_of
from models.notice import Notice
from tests.dumps import dump
from tests.factories import a_house_at_work, a_running_house, answer, at, imported, registry_row
from tests.records import CAMPAIGN, Line, digests, events_of, facts

NOW = at("2009-09-14 10:00")
SURVEY = "mobilization/survey"


def reminded(engine: Engine, home: Path, *, branches: int = 1) -> House:
    """A house in which the officers of unit U1 are about to be reminded of their surveys."""
    house = a_house_at_work(engine, home, units=1, branches=branches)
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-14 09:00"))
    return house


def done(house: House) -> None:
    complete(house, CAMPAIGN, [answer("U1-1", "survey", "2009-09-14 09:30")])


def waived(house: House) -> None:
    waive(house, CAMPAIGN, Named("U1-1", "survey"), reason="merged", actor="李", now=NOW)


def extended(house: House) -> None:
    longer = Request(date(2009, 9, 18), "flood", branch="U1-1", task="survey")
    extend(house, CAMPAIGN, longer, actor="李", now=NOW)


def reassigned(house: House) -> None:
    imported(house, registry_row(1, 1, officer="OTHER"), now=NOW)


def left_alone(house: House) -> None:
    imported(house, registry_row(1, 1, officer=""), now=NOW)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(done, DropReason.DONE, id="done"),
        pytest.param(waived, DropReason.WAIVED, id="waived"),
        pytest.param(reassigned, DropReason.REASSIGNED, id="another officer"),
    ],
)
def test_a_change_cancels_the_reminder_already_planned(
    engine: Engine, tmp_path: Path, change: Callable[[House], None], reason: DropReason
) -> None:
    house = reminded(engine, tmp_path / "home")
    change(house)
    assert cancel_untrue(house, now=NOW) == {CAMPAIGN: 1}
    (digest,) = digests(house)
    assert (digest.status, digest.reason) == (NoticeStatus.CANCELLED, reason)
    assert digest.lines == (Line(Section.OWN, "U1-1", SURVEY, 1, dropped=reason),)
    (event,) = events_of(house, EventKind.NOTICES_CANCELLED)
    assert (event.subject, facts(event.after)) == (CAMPAIGN, {"notices": 1})


def test_what_is_still_true_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    left_alone(house)
    before = dump(engine)
    assert cancel_untrue(house, now=NOW) == {}
    assert dump(engine) == before


def test_a_digest_keeps_what_is_true_of_it(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=2)
    imported(house, registry_row(1, 2, officer="OU1-1"), now=at("2009-09-10 10:00"))
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-14 09:00"))
    done(house)
    assert cancel_untrue(house, now=NOW) == {}
    (digest,) = digests(house)
    assert digest.status is NoticeStatus.PLANNED
    assert [line.dropped for line in digest.lines] == [DropReason.DONE, None]


def test_cancelling_twice_changes_nothing_more(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home", branches=2)
    done(house)
    cancel_untrue(house, now=NOW)
    before = dump(engine)
    assert cancel_untrue(house, now=NOW) == {}
    assert dump(engine) == before


def test_what_was_sent_is_history(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    with transaction(engine) as session:
        session.execute(update(table_of(Notice)).values(status=NoticeStatus.SENT))
    done(house)
    before = dump(engine)
    assert cancel_untrue(house, now=NOW) == {}
    assert dump(engine) == before


def test_groups_are_told_of_a_branch_whoever_its_officer_is(engine: Engine, tmp_path: Path) -> None:
    house = a_house_at_work(engine, tmp_path / "home", units=1, branches=1)
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-17 09:00"))
    reassigned(house)
    assert cancel_untrue(house, now=at("2009-09-17 10:00")) == {CAMPAIGN: 1}
    assert {digest.officer for digest in digests(house, live=True)} == {"G1"}


def test_the_new_deadline_is_chased_by_a_digest_of_its_own(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    extended(house)
    assert cancel_untrue(house, now=NOW) == {}
    assert plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-15 09:00")) == 1
    (digest,) = digests(house, live=True)
    assert (digest.day, digest.lines) == (date(2009, 9, 15), (Line(Section.OWN, "U1-1", SURVEY, 0),))


def test_what_is_done_and_open_again_is_told_on_its_next_rung(engine: Engine, tmp_path: Path) -> None:
    house = reminded(engine, tmp_path / "home")
    done(house)
    cancel_untrue(house, now=NOW)
    reopen(house, CAMPAIGN, Named("U1-1", "survey"), reason="wrong", actor="李", now=at("2009-09-14 11:00"))
    plan_reminders(house, CAMPAIGN, "mobilization", now=at("2009-09-15 09:00"))
    (digest,) = digests(house, live=True)
    assert digest.lines == (Line(Section.OWN, "U1-1", SURVEY, 2),)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(
            lambda house: solve_problems(house, CAMPAIGN, [Solution(1, at("2009-11-18 10:00"), "OU1-1")]),
            DropReason.SOLVED,
            id="solved",
        ),
        pytest.param(
            lambda house: assign_problem(
                house, CAMPAIGN, 1, owner=None, due=date(2009, 12, 1), actor="李", now=at("2009-11-18 10:00")
            ),
            DropReason.EXTENDED,
            id="another day",
        ),
    ],
)
def test_a_problem_that_is_settled_is_not_told(
    engine: Engine, tmp_path: Path, change: Callable[[House], object], reason: DropReason
) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    found = Finding("U1-1", "no library", at("2009-11-03 10:00"), "OU1-1", "王", date(2009, 11, 20))
    add_problems(house, CAMPAIGN, [found])
    assert plan_reminders(house, CAMPAIGN, "rectification", now=at("2009-11-17 09:00")) == 1
    change(house)
    cancel_untrue(house, now=at("2009-11-18 10:00"))
    (digest,) = digests(house)
    assert digest.lines == (Line(Section.OWN, "U1-1", "#1", 0, dropped=reason),)

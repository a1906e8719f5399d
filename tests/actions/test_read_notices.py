from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reading.notices import NoticeFilter, read_notice, read_notices
from config.errors import Refusal
from config.vocabulary import DropReason, NoticeStatus, Section
from flows.delivery import delivery
from models.database import transaction
from models.dialects import table_of
from models.notice import NoticeLine
from tests.factories import a_house_at_work, at

MORNING = at("2009-09-15 09:00")
ALL = NoticeFilter()


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    """A house where the pilot's three branches were late with one task, and U1-1 with a problem too."""
    house = a_house_at_work(engine, tmp_path / "home")
    found = Finding("U1-1", "a problem", at("2009-09-08 10:00"), "a", "o", date(2009, 9, 14))
    assert add_problems(house, "trial", [found]) == (1,)
    assert plan_reminders(house, "trial", "mobilization", now=MORNING) == 3
    plan_reminders(house, "trial", "rectification", now=MORNING)
    return house


def officers(house: House, wanted: NoticeFilter = ALL, limit: int | None = None) -> list[str]:
    return [notice.officer for notice in read_notices(house, wanted, limit=limit)]


def number_of(house: House, officer: str) -> int:
    (notice,) = read_notices(house, NoticeFilter(officer=officer))
    return notice.notice


@pytest.mark.parametrize(
    ("wanted", "limit", "found"),
    [
        pytest.param(ALL, None, ["OU1-3", "OU1-2", "OU1-1"], id="all"),
        pytest.param(ALL, 1, ["OU1-3"], id="limit"),
        pytest.param(NoticeFilter(officer="OU1-1"), None, ["OU1-1"], id="officer"),
        pytest.param(NoticeFilter(campaign="trial"), None, ["OU1-3", "OU1-2", "OU1-1"], id="campaign"),
        pytest.param(NoticeFilter(status=NoticeStatus.DEAD), None, [], id="status"),
        pytest.param(NoticeFilter(day=date(2009, 9, 16)), None, [], id="day"),
    ],
)
def test_notices_come_the_newest_first_and_can_be_narrowed(
    house: House, wanted: NoticeFilter, limit: int | None, found: list[str]
) -> None:
    assert officers(house, wanted, limit) == found


@pytest.mark.parametrize("wanted", [NoticeFilter(campaign="x"), NoticeFilter(officer="x")], ids=["campaign", "officer"])
def test_a_campaign_or_officer_that_is_not_there_is_refused(house: House, wanted: NoticeFilter) -> None:
    with pytest.raises(Refusal, match=" x: "):
        read_notices(house, wanted)


def test_a_line_that_was_dropped_is_not_counted(house: House) -> None:
    (before,) = read_notices(house, NoticeFilter(officer="OU1-1"))
    assert (before.lines, before.day, before.status) == (2, date(2009, 9, 15), NoticeStatus.PLANNED)
    line = table_of(NoticeLine)
    with transaction(house.engine) as session:
        session.execute(line.update().where(line.c.problem_id.is_not(None)).values(dropped=DropReason.SOLVED))
    (after,) = read_notices(house, NoticeFilter(officer="OU1-1"))
    assert after.lines == 1
    assert {line.dropped for line in read_notice(house, after.notice).lines} == {None, DropReason.SOLVED}


def test_a_notice_names_its_tasks_and_problems(house: House) -> None:
    detail = read_notice(house, number_of(house, "OU1-1"))
    task, problem = sorted(detail.lines, key=lambda line: line.problem or 0)
    assert (task.campaign, task.section, task.branch, task.task) == (
        "trial",
        Section.OWN,
        "U1-1",
        "mobilization/survey",
    )
    assert (problem.branch, problem.task, problem.problem) == ("U1-1", None, 1)
    assert (detail.sends_from, detail.sends_until) == (at("2009-09-15 08:30"), at("2009-09-15 18:00"))
    assert detail.deliveries == ()


def test_a_notice_that_was_sent_has_its_text(house: House) -> None:
    assert delivery(house, lambda: MORNING).sent == 3
    (sent,) = read_notice(house, number_of(house, "OU1-1")).deliveries
    assert (sent.service, sent.attempts, sent.sent_at) == ("folder", 1, MORNING)
    assert "企业U1-1支部" in (sent.body or "")


def test_an_unknown_notice_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="notice 7: there is none"):
        read_notice(house, 7)

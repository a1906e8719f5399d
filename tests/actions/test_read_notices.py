from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from actions.add_problem import Finding, add_problems
from actions.extend import Request, extend
from actions.house import House
from actions.plan_reminders import plan_reminders
from actions.reading.notice_details import AttemptState, ExtensionState, read_details, read_notice
from actions.reading.notice_lines import ChannelGivenUp
from actions.reading.notices import NoticeFilter, read_notices
from config.errors import Refusal
from config.vocabulary import DropReason, NoticeKind, NoticeStatus, Outcome, Section
from flows.delivery import delivery
from flows.patrol import patrol
from models.database import transaction
from models.dialects import table_of
from models.notice import Attempt, NoticeLine
from tests.factories import a_house_at_work, a_running_house, at, given_up
from tests.statements import watched

MORNING, LATER = at("2009-09-15 09:00"), at("2009-09-15 09:05")
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
    assert (sent.service, len(sent.attempts), sent.sent_at) == ("folder", 1, MORNING)
    assert "企业U1-1支部" in (sent.body or "")


def test_an_unknown_notice_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="notice 7: there is none"):
        read_notice(house, 7)


def test_a_line_says_its_rung_as_the_campaign_file_does(house: House) -> None:
    task, problem = sorted(read_notice(house, number_of(house, "OU1-1")).lines, key=lambda line: line.problem or 0)
    assert (task.rung, task.reached) == (2, "1 workday after due, then every 1 workday")
    assert (problem.rung, problem.reached) == (2, "1 workday after due, then every 1 workday")


def test_what_is_announced_or_reported_is_named(engine: Engine, tmp_path: Path) -> None:
    house = a_running_house(engine, tmp_path / "home", units=1, branches=1)
    given_up(house, "OU1-1", "no such user", at("2009-09-07 08:00"))
    patrol(house, at("2009-09-07 09:00"))
    window, channel = read_notice(house, number_of(house, "C")).lines
    assert (window.section, window.window, window.channel) == (Section.ANNOUNCEMENT, "mobilization/pilot", None)
    assert (channel.section, channel.window, channel.channel) == (
        Section.CHANNEL,
        None,
        ChannelGivenUp("OU1-1", "folder"),
    )
    for line in (window, channel):
        assert (line.campaign, line.branch, line.due_at, line.rung, line.reached) == ("trial", *[None] * 4)


def test_a_message_about_an_extension_says_what_was_granted(house: House) -> None:
    longer = Request(date(2009, 9, 28), "flood", branch="U1-1", task="survey")
    extend(house, "trial", longer, actor="李", now=MORNING)
    message = read_notice(house, read_notices(house, NoticeFilter(officer="OU1-1"))[0].notice)
    assert (message.notice.kind, message.extension) == (
        NoticeKind.EXTENSION,
        ExtensionState(date(2009, 9, 28), "flood", "李", MORNING),
    )
    (line,) = message.lines
    assert (line.task, line.due_at, line.rung, line.reached) == (
        "mobilization/survey",
        at("2009-09-29 00:00"),
        None,
        None,
    )


def test_every_try_is_told_with_the_words_of_the_provider(house: House) -> None:
    assert delivery(house, lambda: MORNING).sent == 3
    with transaction(house.engine) as session:
        session.execute(table_of(Attempt).update().values(detail="250 OK"))
        session.execute(table_of(Attempt).insert().values(delivery_id=1, number=2, started_at=LATER))
    deliveries = [d for detail in read_details(house, ALL) for d in detail.deliveries]
    (twice,) = [found for found in deliveries if len(found.attempts) > 1]
    assert twice.attempts == (
        AttemptState(1, MORNING, MORNING, Outcome.ACCEPTED, "250 OK"),
        AttemptState(2, LATER, None, None, None),
    )


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_details_come_in_the_order_of_the_list_whatever_the_batch(
    house: House, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr("actions.reading.notice_details.BATCH", batch)
    listed = [notice.notice for notice in read_notices(house)]
    details = list(read_details(house, ALL))
    assert [detail.notice.notice for detail in details] == listed
    assert details == [read_notice(house, notice) for notice in listed]
    assert [detail.notice.officer for detail in read_details(house, NoticeFilter("trial"), limit=2)] == [
        "OU1-3",
        "OU1-2",
    ]


def test_the_number_of_statements_does_not_grow_with_the_notices(house: House) -> None:
    with watched(house.engine) as one:
        read_notice(house, number_of(house, "OU1-1"))
    with watched(house.engine) as all_of_them:
        assert len(list(read_details(house, ALL))) == 3
    assert len(all_of_them) <= len(one)


def test_an_unknown_campaign_is_refused_before_anything_is_read(house: House) -> None:
    with pytest.raises(Refusal, match="campaign x: "):
        next(read_details(house, NoticeFilter(campaign="x")))

"""Extensions that are asked for: one waits for each piece of work, and one decision is made."""

from datetime import date, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from actions.ask_extension import Wish, ask_extension
from actions.complete import complete
from actions.decide_extension import grant_request, refuse_request
from actions.house import House
from actions.reading.requests import read_requests
from actions.withdraw_extension import withdraw_extension
from config.errors import Refusal, Stale, Unknown
from config.vocabulary import EventKind, NoticeKind, RequestStatus
from models.scope import Scope
from tests.dumps import dump
from tests.factories import a_house_at_work, answer, at
from tests.records import CAMPAIGN as CODE
from tests.records import counters_of, digests, events_of, recounted, work_of

NOW = at("2009-09-15 10:00")
DAY = date(2009, 9, 18)
ELSEWHERE = Scope(officers=frozenset({-1}))
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", branches=2)


def asked(house: House, branch: str = "U1-1", until: date = DAY, now: datetime = NOW) -> int:
    return ask_extension(house, CODE, Wish(branch, "survey", until, "flood"), actor=f"O{branch}", now=now)


def test_a_request_that_is_granted_moves_the_deadline_and_tells_the_officer(house: House) -> None:
    number = asked(house)
    assert grant_request(house, number, until=None, answer="by then", actor="G1", now=NOW) == DAY
    assert work_of(house, "U1-1", "survey").due_at == at("2009-09-19 00:00")
    assert work_of(house, "U1-2", "survey").due_at == at("2009-09-15 00:00")
    assert [notice.officer for notice in digests(house, kind=NoticeKind.EXTENSION)] == ["OU1-1"]
    waiting, (settled,) = read_requests(house)
    request = settled.request
    assert (waiting, request.status, request.decided_by, request.answer) == ((), RequestStatus.GRANTED, "G1", "by then")
    assert [event.kind for event in events_of(house, EventKind.EXTENSION_ASKED, EventKind.EXTENSION_GRANTED)] == [
        EventKind.EXTENSION_ASKED,
        EventKind.EXTENSION_GRANTED,
    ]
    assert counters_of(house) == recounted(house)


@ONE
def test_another_day_may_be_granted(house: House) -> None:
    assert grant_request(house, asked(house), until=date(2009, 9, 16), answer=None, actor="G1", now=NOW) == date(
        2009, 9, 16
    )
    assert work_of(house, "U1-1", "survey").due_at == at("2009-09-17 00:00")


@ONE
def test_a_request_that_is_refused_moves_nothing_and_may_be_followed_by_another(house: House) -> None:
    refuse_request(house, asked(house), answer="no", actor="G1", now=NOW)
    assert work_of(house, "U1-1", "survey").due_at == at("2009-09-15 00:00")
    (event,) = events_of(house, EventKind.EXTENSION_REFUSED)
    assert (event.subject, event.reason) == ("U1-1 mobilization/survey", "no")
    asked(house)
    (waiting,), (settled,) = read_requests(house)
    assert (waiting.request.until, settled.request.status) == (DAY, RequestStatus.REFUSED)


@ONE
def test_a_request_may_be_withdrawn_until_it_is_decided(house: House) -> None:
    number = asked(house)
    withdraw_extension(house, number, actor="OU1-1", now=NOW)
    with pytest.raises(Stale, match="was decided already, by OU1-1"):
        grant_request(house, number, until=None, answer=None, actor="G1", now=NOW)
    assert work_of(house, "U1-1", "survey").due_at == at("2009-09-15 00:00")


@ONE
@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2009, 9, 14), "is not later than the last day, 2009-09-14"),
        (date(9999, 1, 1), "outside the calendar"),
    ],
)
def test_a_day_that_is_none_is_refused(house: House, until: date, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        asked(house, until=until)


@ONE
def test_a_day_that_is_past_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="is past already"):
        asked(house, until=date(2009, 9, 20), now=at("2009-10-01 10:00"))


@ONE
def test_one_request_waits_for_a_piece_of_work(house: House) -> None:
    asked(house)
    with pytest.raises(Refusal, match="a request of OU1-1 waits already"):
        asked(house)
    asked(house, "U1-2")


@ONE
def test_for_work_that_is_done_there_is_no_day_to_move(house: House) -> None:
    number = asked(house)
    complete(house, CODE, [answer("U1-1", "survey")])
    with pytest.raises(Refusal, match="is settled"):
        asked(house)
    before = dump(house.engine)
    with pytest.raises(Refusal, match="no open deadline"):
        grant_request(house, number, until=None, answer=None, actor="G1", now=NOW)
    assert dump(house.engine) == before


@ONE
def test_what_lies_outside_the_scope_is_as_if_it_were_not_there(house: House) -> None:
    number = asked(house)
    said = []
    for unknown in (number, number + 1):
        with pytest.raises(Unknown) as refused:
            grant_request(house, unknown, until=None, answer=None, actor="x", now=NOW, scope=ELSEWHERE)
        said.append(str(refused.value).replace(str(unknown), "N"))
    assert said[0] == said[1]
    with pytest.raises(Unknown):
        refuse_request(house, number, answer="no", actor="x", now=NOW, scope=ELSEWHERE)
    with pytest.raises(Unknown):
        withdraw_extension(house, number, actor="x", now=NOW, scope=ELSEWHERE)
    assert read_requests(house, scope=ELSEWHERE) == ((), ())


def test_of_two_who_decide_at_once_the_second_is_told(house: House) -> None:
    number = asked(house)
    barrier, outcomes = Barrier(2), []

    def decide(who: str) -> None:
        barrier.wait()
        try:
            grant_request(house, number, until=None, answer=who, actor=who, now=NOW)
            outcomes.append(who)
        except Stale as stale:
            outcomes.append(str(stale))

    threads = [Thread(target=decide, args=[who]) for who in ("G1", "C")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (first,) = [outcome for outcome in outcomes if len(outcome) <= 2]
    assert set(outcomes) == {first, f"request {number}: was decided already, by {first}; nothing was changed"}
    assert len(events_of(house, EventKind.EXTENSION_GRANTED)) == 1

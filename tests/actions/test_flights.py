"""Flights: accounts take turns in them, and they take no longer than their slowest message but one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import get_ident
from time import monotonic, sleep

import pytest

from actions.sending.flights import Crew, Landing, make_flights
from actions.sending.shipments import Shipment
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict
from tests.factories import at

NOW = at("2009-09-16 08:30")
LATER = NOW + timedelta(minutes=4)
MESSAGE = Message("rollcall-1", "张三", "subject", "body", NOW)
ACCEPTED = Verdict(Outcome.ACCEPTED, "ok")
DOWN = Verdict(Outcome.TEMPORARY, "not reached", is_account_down=True)


@dataclass
class Slow:
    """A provider that thinks before it answers; it keeps who asked."""

    seconds: float
    verdict: Verdict = ACCEPTED
    asked_by: int = 0
    service: str = "slow"
    account: str | None = None

    def send(self, _: Message) -> Verdict:
        self.asked_by = get_ident()
        sleep(self.seconds)
        return self.verdict


def _shipment(key: int, account: int | None, sender: Slow | Verdict = ACCEPTED) -> Shipment:
    return Shipment(key, account, MESSAGE, sender, ())


@pytest.fixture
def crew() -> Iterator[Crew]:
    with ThreadPoolExecutor(8) as executor:
        yield Crew(executor, lambda: NOW)


def _fly(crew: Crew, senders: list[Slow], account: int | None = None, latest: datetime = LATER) -> Landing:
    return crew.fly([_shipment(key, account, sender) for key, sender in enumerate(senders)], latest)


@pytest.mark.parametrize(
    ("accounts", "flights"),
    [
        ([1, 1, 1, 1, 2, 2], [[1, 2], [1, 2], [1, 1]]),
        ([None, None, 1, 2], [[None, 1], [2, None]]),
        ([7, 7, 7], [[7, 7], [7]]),
        ([], []),
    ],
)
def test_accounts_take_turns(accounts: list[int | None], flights: list[list[int | None]]) -> None:
    shipments = [_shipment(key, account) for key, account in enumerate(accounts)]
    made = make_flights(shipments, 2)
    assert [[shipment.account_id for shipment in flight] for flight in made] == flights


def test_slow_providers_are_waited_for_together(crew: Crew) -> None:
    began = monotonic()
    assert len(_fly(crew, [Slow(0.3) for _ in range(8)]).verdicts) == 8
    first = monotonic() - began
    assert first < 4 * 0.3, "the first alone, the others at once"
    began = monotonic()
    _fly(crew, [Slow(0.3) for _ in range(8)])
    assert monotonic() - began < 2 * 0.3, "all at once: the last flight was slow"


def test_what_is_answered_at_once_goes_without_threads(crew: Crew) -> None:
    senders = [Slow(0) for _ in range(8)]
    _fly(crew, senders)
    assert {sender.asked_by for sender in senders} == {get_ident()}


def test_a_crew_that_was_slow_is_alone_again_when_all_is_answered_at_once(crew: Crew) -> None:
    _fly(crew, [Slow(0.05) for _ in range(2)])
    _fly(crew, [Slow(0) for _ in range(2)])
    senders = [Slow(0) for _ in range(8)]
    _fly(crew, senders)
    assert {sender.asked_by for sender in senders} == {get_ident()}


def test_after_an_account_went_down_the_rest_of_it_is_not_tried(crew: Crew) -> None:
    landing = _fly(crew, [Slow(0, DOWN), Slow(0), Slow(0)], account=1)
    assert (landing.verdicts, landing.untried) == ({0: DOWN}, [1, 2])
    assert len(_fly(crew, [Slow(0, DOWN), Slow(0)], account=None).verdicts) == 2, "nothing is counted together there"


def test_what_has_no_time_left_is_not_tried(crew: Crew) -> None:
    landing = _fly(crew, [Slow(0), Slow(0)], latest=NOW)
    assert (landing.verdicts, landing.untried) == ({}, [0, 1])

"""Flights: accounts take turns in them, and they take no longer than their slowest message but one."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import get_ident
from time import monotonic, sleep

import pytest

from actions.sending.flights import Begun, Crew, Landing, make_flights
from actions.sending.shipments import Shipment
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict
from tests.factories import at

NOW = at("2009-09-16 08:30")
LATER = NOW + timedelta(minutes=4)
MESSAGE = Message("rollcall-1", "张三", "subject", "body", NOW)
ACCEPTED = Verdict(Outcome.ACCEPTED, "ok")
THROTTLED = Verdict(Outcome.THROTTLED, "slowly")
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


class Tripping(Slow):
    """A sender with a fault of its own."""

    def __init__(self) -> None:
        super().__init__(0)

    def send(self, _: Message) -> Verdict:
        raise IndexError


def _shipment(key: int, account: int | None, sender: Slow | Verdict = ACCEPTED) -> Shipment:
    return Shipment(key, account, MESSAGE, sender, ())


@pytest.fixture
def crew() -> Iterator[Crew]:
    """A crew of eight."""
    with ThreadPoolExecutor(8) as executor:
        yield Crew(executor, 8, lambda: NOW, lambda *_: None)


def _fly(crew: Crew, senders: Sequence[Slow], account: int | None = None, latest: datetime = LATER) -> Landing:
    return crew.fly(Begun([_shipment(key, account, sender) for key, sender in enumerate(senders)], latest))


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
    landing = _fly(crew, [Slow(0.3) for _ in range(16)])
    assert monotonic() - began < 4 * 0.3, "two for each of the crew"
    assert landing.verdicts == dict.fromkeys(range(16), ACCEPTED)


def test_who_waits_for_a_slow_provider_keeps_nobody_else(crew: Crew) -> None:
    began = monotonic()
    _fly(crew, [Slow(0.6), *(Slow(0.1) for _ in range(21))])
    assert monotonic() - began < 0.6 + 0.2, "the others are through with theirs meanwhile"


def test_a_single_message_is_handed_over_by_the_caller(crew: Crew) -> None:
    senders = [Slow(0)]
    _fly(crew, senders)
    assert senders[0].asked_by == get_ident()


def test_nobody_joins_while_messages_land(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actions.sending.flights.IDLE_SECONDS", 60.0)
    senders = [Slow(0) for _ in range(20)]
    assert len(_fly(crew, senders).verdicts) == 20
    assert len({sender.asked_by for sender in senders}) == 1


def test_never_more_than_the_crew_are_at_it_at_once() -> None:
    senders = [Slow(0.02) for _ in range(12)]
    with ThreadPoolExecutor(8) as executor:
        _fly(Crew(executor, 3, lambda: NOW, lambda *_: None), senders)
    assert len({sender.asked_by for sender in senders}) <= 3


def test_what_a_sender_trips_over_is_not_taken_for_the_end(crew: Crew) -> None:
    """A crew that stopped there would leave messages begun and without a verdict."""
    landing = _fly(crew, [Tripping(), *(Slow(0) for _ in range(20))])
    assert landing.verdicts.keys() == set(range(21))
    assert landing.verdicts[0].outcome is Outcome.AMBIGUOUS


@pytest.mark.parametrize("verdict", [DOWN, THROTTLED])
def test_after_an_account_was_throttled_or_went_down_the_rest_of_it_is_not_tried(crew: Crew, verdict: Verdict) -> None:
    senders = [Slow(0.05, verdict) for _ in range(20)]
    landing = _fly(crew, senders, account=1)
    tried = len(landing.verdicts)
    assert 1 <= tried <= 8, "those that were on their way when the first found out"
    assert (set(landing.verdicts), sorted(landing.untried)) == (set(range(tried)), [*range(tried, 20)])
    assert len(_fly(crew, senders, account=1).untried) == 20, "the next flight was begun before anybody knew"
    assert _fly(crew, [Slow(0)], account=1).verdicts, "of the one after that the database knows whether it may go"
    assert len(_fly(crew, senders, account=None).verdicts) == 20, "nothing is counted together there"


def test_what_has_no_time_left_is_not_tried(crew: Crew) -> None:
    landing = _fly(crew, [Slow(0), Slow(0)], latest=NOW)
    assert (landing.verdicts, landing.untried) == ({}, [0, 1])

"""What a worker noted of its flight before it was killed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from sqlalchemy import Engine

from actions.deliver import AT_ONCE, recover_deliveries
from actions.house import House
from actions.sending.logbook import FOLDER, Logbook, left_behind
from config.settings import Settings
from config.vocabulary import Outcome
from flows.delivery import delivery
from notifications.channels.message import Verdict
from notifications.outbox.policy import LEASE
from tests.notifications.factories import MORNING, an_open_house, own_notices, set_channel
from tests.notifications.worker import start_delivery
from tests.peers.server import LOOPBACK, Answer, Request
from tests.peers.webhook import Webhook, a_webhook

PEOPLE = 30
ANSWERED = 5
ACCEPTED = Verdict(Outcome.ACCEPTED, "HTTP 200", receipt="r-1")
REFUSED = Verdict(Outcome.THROTTLED, "稍后", retry_after=timedelta(seconds=90), is_account_down=True)


@pytest.fixture
def released() -> Iterator[Event]:
    event = Event()
    yield event
    event.set()


@pytest.fixture
def webhook(released: Event) -> Iterator[Webhook]:
    """A receiver that answers a few messages, and keeps all others waiting until it is released."""

    def answer(_: Request) -> Answer:
        if len(webhook.requests) > ANSWERED:
            released.wait()
        return Answer.of({"id": "r-1"})

    with a_webhook(answer) as webhook:
        yield webhook


@pytest.fixture
def house(engine: Engine, tmp_path: Path, webhook: Webhook) -> House:
    opened = an_open_house(engine, tmp_path / "home", branches=PEOPLE)
    for number in range(1, PEOPLE + 1):
        set_channel(opened, f"OU1-{number}", webhook.address)
    own_notices(opened, PEOPLE)
    return House(Settings(home=opened.home, networks=(LOOPBACK,)), engine, opened.seal)


def test_what_was_answered_before_a_kill_is_settled_and_only_what_waited_goes_again(
    database: str, house: House, webhook: Webhook, released: Event
) -> None:
    process = start_delivery(database, house.home, MORNING)
    while len(webhook.requests) < ANSWERED + AT_ONCE:
        sleep(0.01)
    process.kill()
    process.join()
    released.set()
    assert recover_deliveries(house, MORNING).sent == ANSWERED
    assert recover_deliveries(house, MORNING).sent == 0
    assert delivery(house, lambda: MORNING + LEASE).sent == PEOPLE - ANSWERED
    assert Counter(webhook.keys.values()) == {1: PEOPLE - AT_ONCE, 2: AT_ONCE}


def test_a_logbook_that_is_in_use_is_left_alone_and_one_that_is_settled_is_gone(tmp_path: Path) -> None:
    with Logbook(tmp_path, "t1") as logbook:
        logbook.note(1, ACCEPTED)
        assert [*left_behind(tmp_path)] == []
        assert [file.name for file in (tmp_path / FOLDER).iterdir()] == ["t1"]
    assert [*(tmp_path / FOLDER).iterdir()] == []


def test_what_an_error_leaves_behind_is_read_once_but_for_half_a_line(tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), Logbook(tmp_path, "t1") as logbook:
        logbook.note(1, ACCEPTED)
        logbook.note(2, REFUSED)
        raise ZeroDivisionError
    with (tmp_path / FOLDER / "t1").open("r+b") as file:
        lines = file.read()
        file.seek(0)
        file.write(b'[3, "ac\n' + lines + b'[4, "ac')
    assert [*left_behind(tmp_path)] == [("t1", {1: ACCEPTED, 2: REFUSED})]
    assert [*left_behind(tmp_path)] == []


def test_a_worker_that_sends_nothing_writes_nothing(tmp_path: Path) -> None:
    with Logbook(tmp_path, "t1"):
        pass
    assert not (tmp_path / FOLDER).exists()
    assert [*left_behind(tmp_path)] == []

"""A process that delivers, for tests that kill it or run several at once."""

from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import sleep

import notifications.channels.workshop  # loaded once, before the first process is forked
from actions.house import House
from actions.sending.flights import Clock
from config.seal import Seal
from config.settings import Settings
from flows.delivery import delivery
from models.database import connect
from tests.factories import KEY
from tests.peers.server import LOOPBACK

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])


def start_delivery(url: str, home: Path, now: datetime) -> ForkServerProcess:
    """Start a delivery in a process of its own, which may be killed; return when it has begun."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_deliver, args=(there, url, home, KEY, now))
    process.start()
    here.recv_bytes()
    return process


def start_waiting_delivery(url: str, home: Path, clock: Clock) -> ForkServerProcess:
    """Start a delivery in a process of its own that waits for the turn of everything."""
    process = CONTEXT.Process(target=_deliver_all, args=(url, home, KEY, clock))
    process.start()
    return process


def _deliver_all(url: str, home: Path, key: str, clock: Clock) -> None:
    delivery(_house(url, home, key), clock, sleep)


def _deliver(parent: Connection, url: str, home: Path, key: str, now: datetime) -> None:
    house = _house(url, home, key)
    parent.send_bytes(b"begun")
    delivery(house, lambda: now)


def _house(url: str, home: Path, key: str) -> House:
    return House(Settings(home=home, networks=(LOOPBACK,)), connect(url), Seal(key))


__all__ = ["notifications", "start_delivery", "start_waiting_delivery"]

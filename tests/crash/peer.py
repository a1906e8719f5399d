"""The peers: in a process that nobody kills, they count what arrives for whom."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from random import Random
from threading import Lock
from time import sleep
from urllib.request import urlopen

from tests.notifications.worker import CONTEXT
from tests.peers.mail import a_mail_server
from tests.peers.server import Answer, Request, serving

COUNTS = "/counts"
SLOWEST = 0.02
"""Seconds that a provider takes to answer at most: so that a kill finds sends in flight."""

OK = {"errcode": 0, "errmsg": "ok"}
"""What a robot of WeCom answers, and a webhook may."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Where the peers are reached: the origin of what speaks HTTP, and the port of what takes mail."""

    origin: str
    mail_port: int

    def address(self, service: str, name: str) -> str:
        """Give the address of a person on a service."""
        match service:
            case "json":
                return f"json://{self.origin.partition('://')[2]}/{name}"
            case "mailto":
                return f"mailto://127.0.0.1:{self.mail_port}?from=rollcall%40example.org&to={name}%40example.org"
            case "log":
                return "log://"
            case _:
                return f"{service}://{name}"

    def arrived(self) -> Counter[str]:
        """Ask what arrived, by name."""
        with urlopen(self.origin + COUNTS) as answer:
            return Counter(json.load(answer))


@contextmanager
def running_peers() -> Iterator[Peers]:
    """Run a webhook, robots of WeCom and a mail server that take everything."""
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_serve, args=(there,))
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("end")
        process.join()


def _serve(parent: Connection) -> None:
    arrived: Counter[str] = Counter()
    lock = Lock()
    chance = Random(1)

    def respond(request: Request) -> Answer:
        if request.path == COUNTS:
            mailed = Counter(mail.recipients[0].partition("@")[0] for mail in server.mails)
            return Answer.of(arrived + mailed)
        sleep(chance.uniform(0, SLOWEST / 2))
        with lock:
            arrived[request.parameters.get("key") or request.path.strip("/")] += 1
        sleep(chance.uniform(0, SLOWEST / 2))
        return Answer.of(OK)

    with a_mail_server() as server, serving(respond) as origin:
        parent.send(Peers(origin, server.port))
        parent.recv()

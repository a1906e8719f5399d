"""What the providers' peers have in common: they judge what they are asked, and keep what they accepted."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any, TypeVar

from notifications.channels.site import Site
from tests.peers.server import LOOPBACK, Answer, Request, serving

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Accepted:
    """A message that a peer accepted: when by its clock, its text, and the whole payload."""

    at: datetime
    text: str
    payload: Any


class Refused(Exception):
    """A message that a peer does not accept: the provider's number and its words."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class Provider(ABC):
    """A provider: `accepted` is what got through, `asked` every request; `pause` is how long it thinks, in seconds."""

    service: str
    """The scheme of its channels' addresses."""

    preparations: frozenset[str] = frozenset()
    """The paths of what is no message, but asked for one."""

    def __init__(self, now: Clock) -> None:
        self.now = now
        self.origin = ""
        self.accepted: list[Accepted] = []
        self.asked: list[Request] = []
        self.pause = 0.0
        self._prepared: list[Answer] = []
        self._lock = Lock()

    @property
    @abstractmethod
    def url(self) -> str:
        """The address of its channel."""

    @property
    def texts(self) -> list[str]:
        """The texts of what it accepted, in order."""
        return [message.text for message in self.accepted]

    @property
    def connections(self) -> int:
        """How many connections were opened to it."""
        return len({request.connection for request in self.asked})

    @property
    def endpoint(self) -> tuple[str, str]:
        """Where it is reached, as a site and the settings take it."""
        return self.service, self.origin

    def site(self, home: Path) -> Site:
        """A site at which its channels lead to it."""
        return Site(home, networks=(LOOPBACK,), endpoints=(self.endpoint,))

    def fail_next(self, code: int, words: str, times: int = 1) -> None:
        """Refuse the next messages with a number and words, whatever they are."""
        self.answer_next(Answer.of(self.refusal(code, words)), times)

    def answer_next(self, answer: Answer, times: int = 1) -> None:
        """Answer the next messages with this, and look at none of them."""
        self._prepared += [answer] * times

    def respond(self, request: Request) -> Answer:
        """Judge a request, and keep what was accepted before answering."""
        with self._lock:
            self.asked.append(request)
            is_prepared = bool(self._prepared) and request.path not in self.preparations
            answer = self._prepared.pop(0) if is_prepared else self._judge(request)
        sleep(self.pause)
        return answer

    @abstractmethod
    def refusal(self, code: int, words: str) -> dict[str, Any]:
        """Say no, in the provider's form."""

    @abstractmethod
    def judge(self, request: Request) -> dict[str, Any]:
        """Accept a message and return the answer, or raise Refused."""

    def accept(self, text: str, payload: Any) -> None:
        """Keep a message."""
        self.accepted.append(Accepted(self.now(), text, payload))

    def is_too_fast(self, count: int, seconds: int) -> bool:
        """Tell whether as many messages as that were accepted in the last so many seconds."""
        since = self.now() - timedelta(seconds=seconds)
        return sum(message.at > since for message in self.accepted) >= count

    def _judge(self, request: Request) -> Answer:
        try:
            return Answer.of(self.judge(request))
        except Refused as refused:
            return Answer.of(self.refusal(refused.code, refused.words))


P = TypeVar("P", bound=Provider)


@contextmanager
def running(provider: P) -> Iterator[P]:
    """Run a provider for the length of the block."""
    with serving(provider.respond) as origin:
        provider.origin = origin
        yield provider


def payload_of(request: Request, refused: Refused) -> dict[str, Any]:
    """Read a request's JSON object, or raise `refused`."""
    try:
        payload = request.json()
    except ValueError:
        raise refused from None
    if not isinstance(payload, dict):
        raise refused
    return payload


def text_in(payload: Any, *path: str | int) -> str:
    """Read the text at a place in a payload; empty where there is none."""
    for step in path:
        try:
            payload = payload[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return payload if isinstance(payload, str) else ""

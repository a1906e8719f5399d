"""The receiver of a webhook: it checks signatures, and knows a repeat when it sees one."""

import hmac
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.peers.server import Answer, Request, serving

SECRET = "topsecret"


@dataclass
class Webhook:
    """What a receiver was told; `answer` says what it answers to all that is signed as it should be."""

    origin: str = ""
    answer: Callable[[Request], Answer] = lambda _: Answer.of({"id": "r-1"})
    requests: list[Request] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is, as a channel."""
        return f"{self.origin.replace('http://', 'json://')}/hook?secret={SECRET}"

    @property
    def keys(self) -> Counter[str]:
        """How often each message arrived."""
        return Counter(request.headers["idempotency-key"] for request in self.requests)

    def respond(self, request: Request) -> Answer:
        """Keep a request, or send it away when somebody else signed it."""
        expected = hmac.new(SECRET.encode(), request.body, "sha256").hexdigest()
        if request.headers.get("x-rollcall-signature") != f"sha256={expected}":
            return Answer(403, b"the signature is not right")
        self.requests.append(request)
        return self.answer(request)


@contextmanager
def a_webhook(answer: Callable[[Request], Answer] | None = None) -> Iterator[Webhook]:
    """Run a receiver for the length of the block."""
    webhook = Webhook()
    if answer is not None:
        webhook.answer = answer
    with serving(webhook.respond) as origin:
        webhook.origin = origin
        yield webhook

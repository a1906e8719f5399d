"""A page that takes forms: what one of Apprise's stock services, `form://`, posts to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import sleep
from urllib.parse import parse_qsl

from tests.peers.server import Answer, Request, serving


@dataclass
class Form:
    """A page that counts what it receives, and answers with `status`, some seconds after it has read."""

    status: int = 200
    wait: float = 0
    url: str = ""
    received: list[Mapping[str, str]] = field(default_factory=list)

    def respond(self, request: Request) -> Answer:
        """Keep what was filled in."""
        self.received.append(dict(parse_qsl(request.body.decode())))
        sleep(self.wait)
        return Answer(self.status)


@contextmanager
def a_form(status: int = 200, *, wait: float = 0) -> Iterator[Form]:
    """Run the page for the length of the block."""
    form = Form(status, wait)
    with serving(form.respond) as origin:
        form.url = f"{origin.replace('http://', 'form://')}/hook"
        yield form

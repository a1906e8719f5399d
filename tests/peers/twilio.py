"""Twilio's Messages resource, as its documents describe it."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.peers.server import Answer, Request, serving

SID = "AC0123456789abcdef0123456789abcdef"
TOKEN = "fedcba9876543210fedcba9876543210"
SENDER = "+15005550006"
LONGEST = 1_600
CREATED = 201


@dataclass
class Twilio:
    """An account that is asked to send; `refusals` says for which numbers it answers with which status and code."""

    origin: str = ""
    refusals: dict[str, tuple[int, int]] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    messages: list[Mapping[str, str]] = field(default_factory=list)

    def respond(self, request: Request) -> Answer:
        """Make a message, or say by number what is wrong."""
        login = b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if request.path != f"/2010-04-01/Accounts/{SID}/Messages.json":
            return _error(404, 20404, "The requested resource was not found")
        if login != f"{SID}:{TOKEN}":
            return _error(401, 20003, f"Authenticate: {login}")
        asked = dict(parse_qsl(request.body.decode()))
        if asked["From"] != SENDER:
            return _error(400, 21606, "The From phone number is not a valid, SMS-capable phone number")
        if len(asked["Body"]) > LONGEST:
            return _error(400, 21617, "The concatenated message body exceeds the 1600 character limit")
        if refusal := self.refusals.get(asked["To"]):
            return _error(*refusal, "refused")
        self.messages.append(asked)
        code = self.failures.get(asked["To"])
        facts: dict[str, Any] = {
            "sid": f"SM{len(self.messages):032}",
            "status": "failed" if code else "queued",
            "to": asked["To"],
            "error_code": code,
            "error_message": "failed" if code else None,
        }
        return Answer.of(facts, CREATED)


@contextmanager
def a_twilio() -> Iterator[Twilio]:
    """Run the gateway for the length of the block."""
    twilio = Twilio()
    with serving(twilio.respond) as origin:
        twilio.origin = origin
        yield twilio


def _error(status: int, code: int, message: str) -> Answer:
    return Answer.of({"code": code, "message": message, "status": status, "more_info": ""}, status)

"""`json://` and `jsons://`: messages as JSON to a web address of the user's.

`jsons://user:password@example.org/hook?secret=…&+X-Name=value`: user and password go as basic
authentication and each `+Name=value` as a header, as Apprise has it. `secret` is ours: with it every
request is signed, so that the receiver can tell it from anyone else's.
"""

import hmac
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict
from notifications.channels.parts import read_host, read_port, read_text, take_parts
from notifications.channels.site import Network, Site
from notifications.channels.wire.http import post, verdict_on_status
from notifications.channels.wire.masking import masked
from notifications.channels.wire.network import check_host

PARTS = frozenset({"user", "password", "host", "port", "fullpath", "qsd+"})
WEB = {"json": "http", "jsons": "https"}
PORTS = {"json": 80, "jsons": 443}
VERSION = 1
KEY_HEADER = "Idempotency-Key"
SIGNATURE_HEADER = "X-Rollcall-Signature"
HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
VALUE = re.compile(r"[\x20-\x7e]*")
OURS = frozenset(
    {
        "connection",
        "content-length",
        "content-type",
        "expect",
        "host",
        "idempotency-key",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "x-rollcall-signature",
    }
)
"""Headers that an address may not set: they say what is sent, and how it is read."""


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """Post each message to one address; the receiver knows a repeat by its Idempotency-Key."""

    service: str
    host: str
    port: int
    path: str = field(repr=False)
    networks: tuple[Network, ...]
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    secret: str | None = field(default=None, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def account(self) -> str:
        """The server: when it cannot be reached or has had enough, that holds for all its addresses."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{WEB[self.service]}://{host}:{self.port}"

    def send(self, message: Message) -> Verdict:
        """Post the message, and take an `id` in the answer for the receipt."""
        body = body_of(message)
        headers = {"Content-Type": "application/json", KEY_HEADER: message.key, **dict(self.headers)}
        if self.secret:
            headers[SIGNATURE_HEADER] = signature_of(self.secret, body)
        reply = post(self.account + self.path, body, headers, self.networks)
        if isinstance(reply, Verdict):
            return reply
        verdict = verdict_on_status(reply)
        if verdict is None:
            return Verdict(Outcome.ACCEPTED, f"HTTP {reply.status}", receipt=_receipt(reply.body))
        return masked(verdict, self.secrets)

    def check(self) -> None:
        """Raise Forbidden when the host may not be reached."""
        check_host(self.host, self.port, self.networks)


def body_of(message: Message) -> bytes:
    """Write a message as JSON, always in the same order: a repeat is the same to the last byte."""
    facts = {
        "version": VERSION,
        "key": message.key,
        "to": message.to,
        "subject": message.subject,
        "body": message.body,
        "dated": message.dated.isoformat(),
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def signature_of(secret: str, body: bytes) -> str:
    """Sign a body: the HMAC (RFC 2104) that the receiver works out too and compares."""
    return f"sha256={hmac.digest(secret.encode(), body, 'sha256').hex()}"


def open_webhook(scheme: str, site: Site, parts: Mapping[str, Any]) -> WebhookSender:
    """Open an address; Refusal when it says something that is not known here."""
    custom: Mapping[str, str] = parts.get("qsd+") or {}
    if any(not _is_free(name, value) for name, value in custom.items()):
        raise Refusal("channel {scheme}://…: a +header that cannot be set, or not to that value", scheme=scheme)
    # Apprise lists a +header among the parameters too, and what it is called is the user's own affair.
    said = {name: value for name, value in (parts.get("qsd") or {}).items() if not name.startswith("+")}
    take_parts(scheme, {**parts, "qsd": said}, takes=PARTS, parameters=frozenset({"secret"}))
    secret, user, password = said.get("secret") or None, read_text(parts, "user"), read_text(parts, "password")
    login = user and f"{user}:{password or ''}"
    headers = dict(custom)
    if login:
        headers["Authorization"] = f"Basic {b64encode(login.encode()).decode()}"
    values = (word for value in headers.values() for word in value.split())
    return WebhookSender(
        scheme,
        read_host(scheme, parts["host"]),
        read_port(scheme, parts) or PORTS[scheme],
        parts.get("fullpath") or "/",
        site.networks,
        tuple(headers.items()),
        secret,
        tuple(word for word in (secret, login, password, *values) if word),
    )


def _is_free(name: str, value: str) -> bool:
    return bool(HEADER.fullmatch(name) and VALUE.fullmatch(value)) and name.lower() not in OURS


def _receipt(body: bytes) -> str | None:
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    found = answer.get("id") if isinstance(answer, dict) else None
    return str(found) if isinstance(found, str | int) else None

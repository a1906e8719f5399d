"""Addresses of mail, written as Apprise writes them.

`mailtos://user:password@example.com?smtp=mail.example.com&to=li@example.org`: the domain is also the
server where `smtp` does not name one; Apprise's table of well-known providers is not consulted. The
sender is `from`, or the user at the domain, shown as `name`. The recipient stands in the path or in
`to`; without one the sender writes to himself.

`mode` is `ssl`, `starttls` or `insecure`, on port 465, 587 or 25 where none is given. Without it
`mailtos` is starttls, or ssl on port 465. `mailto` is insecure, but where there is a password: that
goes over a readable connection only when `mode=insecure` says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from config.errors import Refusal
from notifications.channels.parts import read_host, read_port, read_text, take_parts

PARTS = frozenset({"user", "password", "host", "port", "fullpath"})
PARAMETERS = frozenset({"smtp", "to", "from", "name", "mode", "user", "pass"})
LONGEST_MAILBOX = 254
MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[^@\s]+", re.ASCII)
"""An address that needs no quotes (RFC 5322, 3.4.1: dot-atom)."""

NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<mailbox>[^<>]+)>")


class Security(StrEnum):
    """How a connection is kept from being read, in the words of the parameter `mode`."""

    SSL = "ssl"
    STARTTLS = "starttls"
    INSECURE = "insecure"


PORTS = {Security.SSL: 465, Security.STARTTLS: 587, Security.INSECURE: 25}


@dataclass(frozen=True, slots=True)
class MailAccount:
    """A login at a mail server; without a user, the server takes mail from this machine as it is."""

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What tells the account from others in the server's eyes."""
        return f"{self.host}:{self.port}:{self.user or ''}"


@dataclass(frozen=True, slots=True)
class MailRoute:
    """The way of a mail: through which account, from whom, to whom."""

    account: MailAccount
    sender: str
    name: str
    recipient: str


def read_mail_address(scheme: str, parts: Mapping[str, Any]) -> MailRoute:
    """Read an address; Refusal, without a part of it in the line, when it does not say one way."""
    take_parts(scheme, parts, takes=PARTS, parameters=PARAMETERS)
    said: Mapping[str, str] = parts.get("qsd") or {}
    user = said.get("user") or read_text(parts, "user")
    password = said.get("pass") or read_text(parts, "password")
    if not (user or "").isascii() or not (password or "").isascii():
        raise Refusal(
            "channel {scheme}://…: a user and a password in ASCII, please; mail servers are asked in no other",
            scheme=scheme,
        )
    domain = parts["host"] or (user or "").partition("@")[2]
    host = read_host(scheme, said.get("smtp") or domain)
    port = read_port(scheme, parts)
    security = _security(scheme, said.get("mode"), port, has_password=bool(password))
    account = MailAccount(host, port or PORTS[security], security, user, password)
    sender, name = _sender(scheme, said, user, domain)
    return MailRoute(account, sender, name, _recipient(scheme, parts, said.get("to")) or sender)


def _security(scheme: str, mode: str | None, port: int | None, *, has_password: bool) -> Security:
    if mode:
        if mode.lower() not in [*Security] or (scheme, mode.lower()) == ("mailtos", Security.INSECURE):
            raise Refusal(
                "channel {scheme}://…: mode is ssl or starttls, and with mailto:// also insecure", scheme=scheme
            )
        return Security(mode.lower())
    if scheme == "mailto" and not has_password:
        return Security.INSECURE
    return Security.SSL if port == PORTS[Security.SSL] else Security.STARTTLS


def _sender(scheme: str, said: Mapping[str, str], user: str | None, domain: str) -> tuple[str, str]:
    """Find who writes, and under which name; a `from` that is no address is a name, as it is for Apprise."""
    written, name = said.get("from", ""), said.get("name") or "Rollcall"
    if found := NAMED.fullmatch(written):
        written, name = found["mailbox"].strip(), said.get("name") or found["name"].strip() or name
    elif written and "@" not in written:
        written, name = "", said.get("name") or written
    if not written and not user:
        raise Refusal("channel {scheme}://…: say who writes: a user before the @, or from=", scheme=scheme)
    own = user if user and "@" in user else f"{user}@{domain}"
    return _mailbox(scheme, "the sender", written or own), name


def _recipient(scheme: str, parts: Mapping[str, Any], to: str | None) -> str | None:
    there = [unquote(one) for one in str(parts.get("fullpath") or "").split("/") if one] + ([to] if to else [])
    if len(there) > 1:
        raise Refusal("channel {scheme}://…: one recipient, please; another one is another channel", scheme=scheme)
    return _mailbox(scheme, "the recipient", there[0]) if there else None


def _mailbox(scheme: str, whose: str, written: str) -> str:
    if len(written) > LONGEST_MAILBOX or not MAILBOX.fullmatch(written):
        raise Refusal("channel {scheme}://…: {whose} is no mail address", scheme=scheme, whose=whose)
    local, _, domain = written.rpartition("@")
    return f"{local}@{read_host(scheme, domain)}"

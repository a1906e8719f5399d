"""The parts of an address, as Apprise takes it apart."""

import re
from collections.abc import Mapping
from ipaddress import AddressValueError, IPv6Address
from typing import Any
from urllib.parse import unquote

from config.errors import Refusal

NAMES = ("user", "password", "host", "port", "fullpath", "qsd", "qsd+", "qsd-", "qsd:")
"""What an address may say, in Apprise's words; `qsd` are its parameters, the others those with a sign before them."""

HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?", re.ASCII | re.IGNORECASE)
LONGEST_HOST = 253
LAST_PORT = 65_535


def check_parameters(url: str) -> None:
    """Refuse an address that says a parameter twice: Apprise would take the last, and say nothing of the others."""
    scheme, _, rest = url.partition("://")
    names = [one.partition("=")[0].lower() for one in re.split("[&;]", rest.partition("?")[2]) if one]
    if len(set(names)) < len(names):
        raise Refusal("channel {scheme}://…: a parameter is given twice", scheme=scheme.lower())


def take_parts(scheme: str, parts: Mapping[str, Any], *, takes: frozenset[str], parameters: frozenset[str]) -> None:
    """Refuse an address that says more than its service takes, before half of it is taken for something."""
    said = {name for name in NAMES if parts.get(name) and not (name == "fullpath" and parts[name] == "/")}
    if unknown := sorted(said - takes - {"qsd"}):
        raise Refusal(
            "channel {scheme}://…: takes no {names}",
            scheme=scheme,
            names=" and no ".join(_words(name) for name in unknown),
        )
    asked = frozenset(parts.get("qsd") or ())
    if asked - parameters:
        there = ", ".join(sorted(parameters)) or "none at all"
        raise Refusal(
            "channel {scheme}://…: a parameter that it does not know; it knows {there}", scheme=scheme, there=there
        )


def take_host_only(scheme: str, parts: Mapping[str, Any]) -> None:
    """Refuse an address that says more than its host."""
    take_parts(scheme, parts, takes=frozenset({"host"}), parameters=frozenset())


def read_text(parts: Mapping[str, Any], name: str) -> str | None:
    """Read a part that is text, such as the user; None when the address does not say it."""
    return unquote(str(parts[name])) if parts.get(name) else None


def read_host(scheme: str, written: str) -> str:
    """Read a host: a name in ASCII (IDNA), an IPv4 address, or an IPv6 address without its brackets."""
    if written.startswith("[") and written.endswith("]"):
        try:
            return str(IPv6Address(written[1:-1]))
        except AddressValueError:
            raise Refusal("channel {scheme}://…: the host is no IPv6 address", scheme=scheme) from None
    try:
        host = written.encode("idna").decode()
    except UnicodeError:
        host = ""
    if not HOST.fullmatch(host) or len(host) > LONGEST_HOST:
        raise Refusal("channel {scheme}://…: the host is missing or no name of one", scheme=scheme)
    return host.lower()


def read_port(scheme: str, parts: Mapping[str, Any]) -> int | None:
    """Read a port; None when the address does not say it."""
    port = parts.get("port")
    if port is None:
        return None
    if not 0 < int(port) <= LAST_PORT:
        raise Refusal("channel {scheme}://…: a port is a number up to {last}", scheme=scheme, last=LAST_PORT)
    return int(port)


def _words(name: str) -> str:
    return {"fullpath": "path", "qsd+": "+parameters", "qsd-": "-parameters", "qsd:": ":parameters"}.get(name, name)

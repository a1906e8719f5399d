"""The parts of an address, as Apprise takes it apart."""

from collections.abc import Mapping
from typing import Any

from config.errors import Refusal

NAMES = ("user", "password", "host", "port", "fullpath", "qsd", "qsd+", "qsd-", "qsd:")
"""What an address may say, in Apprise's words; `qsd` are its parameters, the others those with a sign before them."""


def take_parts(scheme: str, parts: Mapping[str, Any], *, takes: frozenset[str], parameters: frozenset[str]) -> None:
    """Refuse an address that says more than its service takes, before half of it is taken for something."""
    said = {name for name in NAMES if parts.get(name) and not (name == "fullpath" and parts[name] == "/")}
    if unknown := sorted(said - takes - {"qsd"}):
        raise Refusal(f"channel {scheme}://…: takes no {' and no '.join(_words(name) for name in unknown)}")
    asked = frozenset(parts.get("qsd") or ())
    if asked - parameters:
        there = ", ".join(sorted(parameters)) or "none at all"
        raise Refusal(f"channel {scheme}://…: a parameter that it does not know; it knows {there}")


def take_host_only(scheme: str, parts: Mapping[str, Any]) -> None:
    """Refuse an address that says more than its host."""
    take_parts(scheme, parts, takes=frozenset({"host"}), parameters=frozenset())


def _words(name: str) -> str:
    return {"fullpath": "path", "qsd+": "+parameters", "qsd-": "-parameters", "qsd:": ":parameters"}.get(name, name)

"""The parts of an address, as Apprise takes it apart."""

from collections.abc import Mapping
from typing import Any

from config.errors import Refusal

BEYOND_HOST = ("user", "password", "port", "fullpath", "qsd")


def take_host_only(scheme: str, parts: Mapping[str, Any]) -> None:
    """Refuse an address that says more than its host, before half of it is taken for something."""
    if any(parts.get(name) for name in BEYOND_HOST):
        raise Refusal(f"channel {scheme}://…: takes no user, password, port, path or parameters")

"""Where Prefect's server is, and where the pages are."""

import os
from dataclasses import dataclass

from config.settings import Settings
from serving.port import choose_port


@dataclass(frozen=True, slots=True)
class Place:
    """A server of Prefect's: on this machine and ours to start, or the operator's (then without a port)."""

    api_url: str
    host: str = ""
    port: int | None = None

    @property
    def page(self) -> str:
        """The address that people open."""
        return self.api_url.removesuffix("/api")


def find_place(settings: Settings) -> Place:
    """Return the operator's server when PREFECT_API_URL names one, else a place for one of our own.

    Raises Refusal when the port that is set for ours is taken.
    """
    if given := os.environ.get("PREFECT_API_URL"):
        return Place(given.rstrip("/"))
    host = settings.prefect_host
    is_set = "prefect_port" in settings.model_fields_set
    port = choose_port(host, settings.prefect_port, is_set=is_set, setting="ROLLCALL_PREFECT")
    return Place(f"http://{_as_called(host)}:{port}/api", host, port)


def find_web_port(settings: Settings) -> int:
    """Return the port for the pages: the one that is set, else the next free one; Refusal when that is taken."""
    is_set = "web_port" in settings.model_fields_set
    return choose_port(settings.web_host, settings.web_port, is_set=is_set, setting="ROLLCALL_WEB")


def web_address(settings: Settings, port: int) -> str:
    """Return where the pages are called at a port of this machine."""
    return f"http://{_as_called(settings.web_host)}:{port}"


def _as_called(host: str) -> str:
    """Return how the host is written in an address that we call: no wildcard, IPv6 in brackets."""
    called = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{called}]" if ":" in called else called

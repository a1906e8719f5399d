"""The pages as one of serve's children."""

from dataclasses import dataclass

import httpx

from config.said import Said
from config.settings import Settings
from serving.environment import web_environment
from serving.place import web_address
from serving.progress import Teller
from serving.start import Family, start_web
from serving.watch import Wait

READY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Pages:
    """The server of the pages, at a port that was free when it was chosen."""

    settings: Settings
    port: int
    family: Family
    wait: Wait
    teller: Teller

    @property
    def address(self) -> str:
        """Where people of this machine open them."""
        return web_address(self.settings, self.port)

    def start(self) -> None:
        """Start the server and wait until it answers; raises what `wait` does."""
        start_web(self.family, web_environment(self.settings, self.port))
        with self.teller.waiting(Said("starting the pages")):
            self.wait(self._answers, READY_SECONDS)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", trust_env=False, timeout=2).is_success
        except httpx.HTTPError:
            return False

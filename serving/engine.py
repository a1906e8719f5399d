"""Prefect's server and the runner of our deployments, as two of serve's children."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from config.errors import Refusal
from config.said import Said
from config.settings import Settings
from serving.environment import children_environment, prefect_folder
from serving.place import Place
from serving.prefect_api import PrefectApi, Unreachable
from serving.progress import Teller
from serving.reap import FOREIGN_SILENCE, OWN_SILENCE, Reaper, reap_left_over
from serving.start import Family, start_runner, start_server
from serving.watch import TooSlow, Wait

SERVER_SECONDS = 300
RUNNER_SECONDS = 120
FOREIGN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Engine:
    """What keeps patrol and delivery going; `api` is that of the server at `place`, ours or the operator's."""

    settings: Settings
    place: Place
    api: PrefectApi
    family: Family
    wait: Wait
    teller: Teller

    def start(self) -> None:
        """Start server and runner, and wait until both work; raises what `wait` does.

        With the operator's server the runner alone is started; Refusal when that server does not answer.
        """
        self._start_server()
        self._start_runner()

    def make_reaper(self) -> Reaper:
        """Return what marks the runs that will never end by themselves, from now on."""
        return Reaper(self.api, OWN_SILENCE if self.place.port else FOREIGN_SILENCE, self.teller)

    def is_busy(self) -> bool:
        """Say whether a run is under way; a server that does not answer has none."""
        try:
            return bool(self.api.runs_in("PENDING", "RUNNING"))
        except Unreachable:
            return False

    def _start_server(self) -> None:
        if self.place.port is None:
            self._find_server()
            return
        is_first = not (prefect_folder(self.settings) / "prefect.db").exists()
        start_server(self.family, self.place.host, self.place.port, children_environment(self.settings, self.place))
        starting = Said("starting Prefect's server")
        if is_first:
            starting = Said("{starting}, which takes half a minute the first time", starting=starting)
        with self.teller.waiting(starting):
            self.wait(self.api.is_healthy, SERVER_SECONDS)
        with suppress(Unreachable):
            for run in reap_left_over(self.api):
                self.teller.tell(
                    Said("{run} was cut off when the last serve was killed; the next run does its work", run=run.name)
                )

    def _find_server(self) -> None:
        self.teller.tell(
            Said("PREFECT_API_URL is set: no server is started here, runs go to {url}", url=self.place.api_url)
        )
        try:
            self.wait(self.api.is_healthy, FOREIGN_SECONDS)
        except TooSlow as silent:
            raise Refusal("no Prefect server answers at {url} (PREFECT_API_URL)", url=self.place.api_url) from silent

    def _start_runner(self) -> None:
        polls_before = self._last_polls()
        start_runner(self.family, children_environment(self.settings, self.place))
        with self.teller.waiting(Said("starting the runner")):
            self.wait(lambda: bool(self._last_polls() - polls_before), RUNNER_SECONDS)

    def _last_polls(self) -> frozenset[datetime]:
        try:
            return self.api.last_polls()
        except Unreachable:
            return frozenset()

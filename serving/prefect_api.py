"""The little of Prefect's REST API that serving needs, without importing Prefect."""

import os
import time
from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Literal, Self
from uuid import UUID

import httpx
from pydantic import BaseModel, TypeAdapter

TAG = "rollcall"
"""What every run of ours carries: on a server shared with others, their runs are not ours to judge."""

TIMEOUT_SECONDS = 5
PAGE = 200
# On SQLite the server says 503 when another of its own writers was in the way for too long.
BUSY_RETRIES = 4
BUSY_SECONDS = 0.5


class State(BaseModel, frozen=True):
    """A state of a run, and since when it is in it."""

    type: str
    timestamp: datetime


class FlowRun(BaseModel, frozen=True):
    """A run as far as it matters here."""

    id: UUID
    name: str
    state: State


class _Deployment(BaseModel, frozen=True):
    last_polled: datetime | None = None


class _Event(BaseModel, frozen=True):
    occurred: datetime


class _EventPage(BaseModel, frozen=True):
    events: tuple[_Event, ...]


class _Transition(BaseModel, frozen=True):
    status: str


_RUNS = TypeAdapter(tuple[FlowRun, ...])
_DEPLOYMENTS = TypeAdapter(tuple[_Deployment, ...])


class Unreachable(Exception):
    """Prefect's server did not answer as it should; worth another try later."""


class PrefectApi:
    """Calls to one server. Where it does not answer, is_healthy says so and everything else raises Unreachable."""

    def __init__(self, url: str, *, is_own: bool) -> None:
        # Our own server is on this machine, whatever proxy the environment names.
        self._client = httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS, trust_env=not is_own, auth=_credentials())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def is_healthy(self) -> bool:
        """Say whether the server answers."""
        try:
            return self._client.get("/health").is_success
        except httpx.HTTPError:
            return False

    def last_polls(self) -> frozenset[datetime]:
        """Return when a runner last asked for work of our deployments: the instants there are for any of them."""
        answer = self._post("/deployments/filter", {"deployments": {"tags": {"all_": [TAG]}}})
        return frozenset(each.last_polled for each in _DEPLOYMENTS.validate_json(answer) if each.last_polled)

    def runs_in(self, *states: Literal["PENDING", "RUNNING"]) -> Sequence[FlowRun]:
        """Return our runs that are in one of the states, at most a page of them, the oldest first."""
        wanted = {"tags": {"all_": [TAG]}, "state": {"type": {"any_": states}}}
        answer = self._post("/flow_runs/filter", {"flow_runs": wanted, "sort": "START_TIME_ASC", "limit": PAGE})
        return _RUNS.validate_json(answer)

    def last_heartbeat(self, run: FlowRun) -> datetime | None:
        """Return when the run gave its last sign of life in its present state, None when it gave none."""
        wanted = {
            "event": {"name": ["prefect.flow-run.heartbeat"]},
            "resource": {"id": [f"prefect.flow-run.{run.id}"]},
            "occurred": {"since": run.state.timestamp.isoformat()},
            "order": "DESC",
        }
        page = _EventPage.model_validate_json(self._post("/events/filter", {"filter": wanted, "limit": 1}))
        return page.events[0].occurred if page.events else None

    def crash(self, run: FlowRun, reason: str) -> bool:
        """Set the run Crashed, which frees its concurrency slot; False when it has ended by itself meanwhile."""
        state = {"type": "CRASHED", "name": "Crashed", "message": reason}
        # Not forced: a run that has ended keeps the state that it ended in.
        answer = self._post(f"/flow_runs/{run.id}/set_state", {"state": state, "force": False})
        return _Transition.model_validate_json(answer).status == "ACCEPT"

    def _post(self, path: str, body: dict[str, object]) -> bytes:
        try:
            answer = self._client.post(path, json=body)
            for _ in range(BUSY_RETRIES):
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    break
                time.sleep(BUSY_SECONDS)
                answer = self._client.post(path, json=body)
            return answer.raise_for_status().content
        except httpx.HTTPError as fault:
            raise Unreachable(str(fault)) from fault


def _credentials() -> httpx.Auth | None:
    user, given, password = os.environ.get("PREFECT_API_AUTH_STRING", "").partition(":")
    return httpx.BasicAuth(user, password) if given else None

"""A real `serve` in a process of its own, and what can be seen of it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from config.vocabulary import ServeRole

PATIENCE_SECONDS = 120
SERVE = """
import sys
from config.settings import Settings
from serving.serve import serve
from config.vocabulary import ServeRole
sys.exit(serve(Settings.load(), lambda line: print(line, flush=True), ServeRole(sys.argv[1])))
"""


def wait_until(is_so: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


@dataclass(frozen=True)
class Living:
    pid: int
    parent: int
    group: int
    command: str


def living() -> list[Living]:
    """All processes of the machine that are not merely waiting to be buried."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,pgid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = (line.split(maxsplit=4) for line in listed.stdout.splitlines())
    return [Living(int(r[0]), int(r[1]), int(r[2]), r[4]) for r in rows if len(r) == 5 and not r[3].startswith("Z")]


@dataclass(frozen=True)
class Served:
    """One serve: its process, what it has said, the API of its Prefect server, and where its pages are."""

    process: subprocess.Popen[bytes]
    home: Path
    said: Path
    port: int
    web_port: int

    def has_said(self, words: str) -> bool:
        return words in self.said.read_text()

    def page(self, path: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.web_port}{path}", trust_env=False, timeout=30)

    def child(self, command: str) -> Living | None:
        mine = (each for each in living() if each.parent == self.process.pid)
        return next((each for each in mine if command in each.command), None)

    def group(self) -> int:
        """The process group that all children are in, and theirs."""
        wait_until(lambda: self.child("guard.py"), "the guard")
        guard = self.child("guard.py")
        assert guard
        return guard.group

    def api(self, path: str, **body: Any) -> Any:
        """Call Prefect's API; on SQLite it says 503 when its own writers are in each other's way."""
        url = f"http://127.0.0.1:{self.port}/api{path}"
        answers: list[httpx.Response] = []

        def has_answered() -> bool:
            answers.append(httpx.post(url, json=body, trust_env=False, timeout=30))
            return answers[-1].status_code != httpx.codes.SERVICE_UNAVAILABLE

        wait_until(has_answered, f"an answer to {path}")
        return answers[-1].raise_for_status().json()

    def runs(self, **having: str) -> list[dict[str, Any]]:
        found = self.api("/flow_runs/filter", sort="START_TIME_ASC")
        return [run for run in found if all(run[key] == value for key, value in having.items())]

    def unfinished(self) -> list[dict[str, Any]]:
        return [*self.runs(state_type="PENDING"), *self.runs(state_type="RUNNING")]

    def deployments(self) -> dict[str, dict[str, Any]]:
        return {each["name"]: each for each in self.api("/deployments/filter")}


def start_serve(home: Path, port: int, role: ServeRole = ServeRole.ALL) -> Served:
    """Start serve as a shell script's background job is: with SIGINT ignored, which its children must not inherit."""
    said = home.parent / "said.txt"
    script, web_port = 'trap "" INT; exec "$0" -c "$1" "$2"', free_port()
    environment = {
        **os.environ,
        "ROLLCALL_HOME": str(home),
        "ROLLCALL_LANGUAGE": "en",
        "ROLLCALL_PREFECT_PORT": str(port),
        "ROLLCALL_WEB_PORT": str(web_port),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    with said.open("wb") as out:
        process = subprocess.Popen(
            ["sh", "-c", script, sys.executable, SERVE, role], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    return Served(process, home, said, port, web_port)


def end_serve(served: Served) -> None:
    """End what a failed test has left."""
    if served.process.poll() is None:
        served.process.terminate()
    served.process.wait(PATIENCE_SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def kill(process: Living | None) -> None:
    assert process
    os.kill(process.pid, signal.SIGKILL)

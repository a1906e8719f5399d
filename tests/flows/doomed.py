"""Patrols in a process of their own, and patrols that are killed before a statement or a commit of choice.

Run as a program it loads everything once, patrols when it is told to, and forks for each patrol that is to die.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from actions.house import House
from config.seal import Seal
from config.settings import Settings
from flows.patrol import patrol
from models.database import Busy, connect
from tests.factories import KEY

COMMIT = "COMMIT"
NOTICED_WITHIN_S = 10
"""How long PostgreSQL may take to notice that the holder of a lock is dead."""


class Patrols:
    """A process that patrols one database, which may be put back while it waits."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def live(self, home: Path, now: datetime) -> list[str]:
        """Patrol to the end; return the steps it made: the first word of each statement, and COMMIT."""
        answer = self._ask(home, now, 0)
        assert answer["status"] == 0, answer
        return list(answer["steps"])

    def die(self, home: Path, now: datetime, step: int) -> None:
        """Patrol, and be killed before a step, counted from 1."""
        assert self._ask(home, now, step) == {"status": -signal.SIGKILL}

    def _ask(self, home: Path, now: datetime, step: int) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(home), now.isoformat(), step]) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def patrols_of(url: str) -> Iterator[Patrols]:
    """Start the process."""
    command = [sys.executable, "-W", "ignore", "-m", __name__, url, KEY]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], text=True, **pipes) as process:
        try:
            yield Patrols(process)
        finally:
            process.kill()


class Steps:
    """The steps that an engine makes; before the one of a number the process is killed."""

    def __init__(self, engine: Engine) -> None:
        self.made: list[str] = []
        self.last = 0
        event.listen(engine, "before_cursor_execute", lambda *given: self._make(given[2].split()[0].upper()))
        event.listen(engine, "commit", lambda _: self._make(COMMIT))

    def _make(self, name: str) -> None:
        self.made.append(name)
        if len(self.made) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def _serve(url: str, key: str) -> None:
    engine = connect(url)
    steps = Steps(engine)
    for line in sys.stdin:
        home, now, last = json.loads(line)
        house = House(Settings(home=Path(home)), engine, Seal(key))
        steps.made, steps.last = [], 0
        if not last:
            _patrol(house, datetime.fromisoformat(now))
            engine.dispose()
            _tell(status=0, steps=steps.made)
            continue
        child = os.fork()
        if not child:
            steps.last = last
            patrol(house, datetime.fromisoformat(now))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        _tell(status=os.waitstatus_to_exitcode(status))


def _patrol(house: House, now: datetime) -> None:
    until = time.monotonic() + NOTICED_WITHIN_S
    while True:
        try:
            patrol(house, now)
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _tell(**answer: object) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    _serve(*sys.argv[1:])

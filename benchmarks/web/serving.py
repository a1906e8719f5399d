"""Applications served by a process of their own, as in earnest: one worker, and its CPU time to be asked for."""

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from threading import Thread

import uvicorn
from fastapi import FastAPI

from benchmarks.delivery.peers import CONTEXT
from cli.main import NEW_OBJECTS

Make = Callable[[], FastAPI]


@dataclass(frozen=True, slots=True)
class Served:
    """An application at a port of this machine."""

    port: int
    _asked: Connection

    def cpu(self) -> float:
        """Return the CPU seconds that its process has taken so far."""
        self._asked.send(None)
        return float(self._asked.recv())


@contextmanager
def serving(make: Make) -> Iterator[Served]:
    """Serve what a function of a module makes, for the length of the block."""
    here, there = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_serve, args=(make, there), daemon=True)
    process.start()
    there.close()
    try:
        yield Served(here.recv(), here)
    finally:
        process.kill()
        process.join()


def _serve(make: Make, parent: Connection) -> None:
    gc.set_threshold(NEW_OBJECTS)
    server = uvicorn.Server(uvicorn.Config(make(), port=0, log_config=None, access_log=False, lifespan="off"))

    async def run() -> None:
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        parent.send(server.servers[0].sockets[0].getsockname()[1])
        Thread(target=partial(_tell_cpu, parent), daemon=True).start()
        await task

    asyncio.run(run())


def _tell_cpu(parent: Connection) -> None:
    while True:
        parent.recv()
        parent.send(time.process_time())

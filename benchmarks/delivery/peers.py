"""Servers to deliver to, each in a process of its own, so that what they take is not counted as ours."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from aiosmtpd.smtp import SMTP

CONTEXT = get_context("spawn")
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
LENGTH = b"content-length:"

Serve = Callable[[Connection, "Synchronized[int]"], None]


@dataclass(frozen=True, slots=True)
class Peer:
    """A server on this machine that counts the messages it takes."""

    port: int
    _taken: "Synchronized[int]"

    @property
    def taken(self) -> int:
        """How many it has taken since it was started."""
        return self._taken.value


@contextmanager
def running(serve: Serve) -> Iterator[Peer]:
    """Run a server for the length of the block."""
    here, there = CONTEXT.Pipe(duplex=False)
    taken = CONTEXT.Value("i", 0)
    process = CONTEXT.Process(target=serve, args=(there, taken), daemon=True)
    process.start()
    try:
        yield Peer(here.recv(), taken)
    finally:
        process.kill()
        process.join()


def serve_mail(parent: Connection, taken: "Synchronized[int]") -> None:
    """Take every mail, as fast as aiosmtpd can."""

    class Count:
        async def handle_DATA(self, *_: Any) -> str:  # noqa: N802 - aiosmtpd's name
            taken.value += 1
            return "250 taken"

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Count(), hostname="peer", timeout=3_600), "127.0.0.1", 0)
        await _announce_and_serve(server, parent)

    asyncio.run(run())


def serve_webhook(parent: Connection, taken: "Synchronized[int]") -> None:
    """Take every post, over connections that stay open, and look at nothing."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                fields = (line.lower() for line in head.split(b"\r\n"))
                await reader.readexactly(sum(int(field[len(LENGTH) :]) for field in fields if field.startswith(LENGTH)))
                taken.value += 1
                writer.write(ANSWER)
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        await _announce_and_serve(server, parent)

    asyncio.run(run())


async def _announce_and_serve(server: asyncio.Server, parent: Connection) -> None:
    parent.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()

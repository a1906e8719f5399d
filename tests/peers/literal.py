"""A peer that says what it is told to, byte by byte: as HTTP has it, or not."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from threading import Thread

LENGTH = b"content-length:"


@dataclass
class Literal:
    """What it answers to the requests of each connection, after the last of which it hangs up."""

    answers: tuple[bytes, ...]
    port: int = 0
    requests: int = 0
    taken: list[socket.socket] = field(default_factory=list)

    @property
    def connections(self) -> int:
        """How many it has taken."""
        return len(self.taken)


@contextmanager
def a_literal_peer(*answers: bytes, tls: ssl.SSLContext | None = None) -> Iterator[Literal]:
    """Serve one connection after the other for the length of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        peer = Literal(answers, int(listening.getsockname()[1]))
        serving = Thread(target=_serve, args=(listening, peer, tls), daemon=True)
        serving.start()
        yield peer
        for connected in (listening, *peer.taken):
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)
        serving.join()


def _serve(listening: socket.socket, peer: Literal, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with suppress(OSError), tls.wrap_socket(connection, server_side=True) if tls else connection as connected:
            peer.taken.append(connected)
            _converse(connected, peer)


def _converse(connection: socket.socket, peer: Literal) -> None:
    with connection.makefile("rb") as file:
        for answer in peer.answers:
            head = list(takewhile(b"\r\n".__ne__, file))
            if not head:
                return
            file.read(sum(int(line[len(LENGTH) :]) for line in head if line.lower().startswith(LENGTH)))
            peer.requests += 1
            connection.sendall(answer)

"""Browsers that send forms at once, each over a connection that stays open; in as little code as can be."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import urlencode

END = b"\r\n\r\n"
SEEN = b"HTTP/1.1 303 "


class Unanswered(Exception):
    """A form was not answered the way it should have been."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form on its way to a path, with the cookie of its browser."""

    path: str
    cookie: str
    fields: dict[str, str]

    def written(self, port: int) -> bytes:
        """Write it as HTTP."""
        body = urlencode(self.fields)
        head = (
            f"POST {self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Cookie: {self.cookie}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        )
        return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def send_all(port: int, forms: Sequence[Sequence[Form]]) -> list[float]:
    """Send the forms of every client, all clients at once; return how many seconds each answer took.

    Raises Unanswered for an answer that does not lead on.
    """
    with ThreadPoolExecutor(len(forms)) as threads:
        clients = [threads.submit(_send, port, [form.written(port) for form in own]) for own in forms]
        return [took for client in clients for took in client.result()]


def p99(times: Sequence[float]) -> float:
    """Return what 99 of 100 stay below."""
    return quantiles(times, n=100)[98]


def _send(port: int, requests: Sequence[bytes]) -> list[float]:
    times = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            began = time.perf_counter()
            connection.sendall(request)
            answer = connection.recv(65_536)
            while END not in answer:
                answer += connection.recv(65_536)
            times.append(time.perf_counter() - began)
            if not answer.startswith(SEEN) or b"content-length: 0" not in answer.lower():
                raise Unanswered(answer[:400].decode(errors="replace"))
    return times

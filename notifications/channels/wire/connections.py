"""HTTP connections to hosts that may be reached, kept open from one call to the next."""

import atexit
import socket
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from io import BufferedReader
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple

from urllib3.util import wait_for_read

from notifications.channels.site import Network
from notifications.channels.wire.network import connect, tls_context
from notifications.channels.wire.packets import Packets, time_left

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0
CALL_SECONDS = 40.0
"""How long a call may take in all; several of them are less than a worker keeps for a message."""

MOST_IDLE = 32
IDLE_SECONDS = 30.0
LONGEST_ANSWER = 65_536
"""How much of an answer is read: nobody looks at more."""

FIRST_FINAL = 200
"""What has a lower status comes before the answer."""


class Origin(NamedTuple):
    """A server, and the networks beside the public one that it may be in."""

    is_secure: bool
    host: str
    port: int | None
    networks: tuple[Network, ...]


class Connection(HTTPConnection):
    """http.client's own, but for whom it connects to, and that a call is over by a deadline, however slow the answer.

    After an answer it is kept for the next call. Where there was none it is closed; nothing is sent again by itself.
    """

    auto_open = 0

    def __init__(self, origin: Origin) -> None:
        self.default_port = 443 if origin.is_secure else 80
        super().__init__(origin.host, origin.port)
        self.origin = origin
        self.used = 0.0
        self._said: list[bytes] = []

    def connect(self) -> None:
        """Connect to an address that was checked; raises Forbidden, or OSError, and nothing was sent then."""
        connected = connect(self.host, self.port, CONNECT_SECONDS, self.origin.networks)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.origin.is_secure:
            connected = tls_context().wrap_socket(connected, server_hostname=self.host)
        self.sock = self._timed = _Timed(connected)

    def send(self, data: Any) -> None:
        """Put a part of the request to the others: head and body are sent as one packet."""
        self._said.append(data)

    def ask(self, method: str, target: str, content: bytes, headers: Mapping[str, str]) -> tuple[HTTPResponse, bytes]:
        """Send a request and read the answer; raises OSError or HTTPException where there is none."""
        try:
            answered = self._ask(method, target, content, headers)
        except BaseException:
            self.close()  # nobody knows what was said last
            raise
        if self.sock is not None:
            self.used = monotonic()
            _keep(self)
        return answered

    def _ask(self, method: str, target: str, content: bytes, headers: Mapping[str, str]) -> tuple[HTTPResponse, bytes]:
        self._timed.deadline = monotonic() + CALL_SECONDS
        self._said.clear()
        self.request(method, target, content or None, headers)
        self._timed.sendall(b"".join(self._said))
        answer = self.getresponse()
        if answer.status < FIRST_FINAL:
            raise HTTPException(f"HTTP {answer.status} in the place of an answer")
        body = answer.read(LONGEST_ANSWER)
        if answer.length and len(body) < LONGEST_ANSWER:
            raise IncompleteRead(body, answer.length)
        if not answer.isclosed():
            self.close()
        return answer, body

    @property
    def is_old(self) -> bool:
        """Whether it was used so long ago that its server may be about to end it."""
        return monotonic() - self.used > IDLE_SECONDS

    @property
    def is_fresh(self) -> bool:
        """Whether it may be used again: it is not old, and its server has not ended it."""
        return not self.is_old and not wait_for_read(self._timed.connected, timeout=0)


class _Timed:
    """What http.client asks of a socket; no packet is waited for past the deadline of the call."""

    def __init__(self, connected: socket.socket) -> None:
        self.connected = connected
        self.deadline = 0.0

    def sendall(self, content: bytes) -> None:
        left = memoryview(content)
        while left:
            self.connected.settimeout(self._seconds())
            left = left[self.connected.send(left) :]

    def makefile(self, _: str) -> BufferedReader:
        return BufferedReader(Packets(self.connected, self._seconds))

    def close(self) -> None:
        self.connected.close()

    def _seconds(self) -> float:
        return time_left(self.deadline, ANSWER_SECONDS)


_idle: list[Connection] = []
"""What is open and not in use, in the order in which it was used."""

_finding = Lock()


def connection_to(origin: Origin) -> Connection:
    """Find a connection to a server that is open and not in use, or open one.

    Raises Forbidden where the server may not be reached, and OSError where it cannot be.
    """
    while (connection := _take(origin)) is not None:
        if connection.is_fresh:
            return connection
        connection.close()
    connection = Connection(origin)
    connection.connect()
    return connection


def close_connections() -> None:
    """Close what is not in use; the next call connects anew."""
    with _finding:
        while _idle:
            _idle.pop().close()


def _take(origin: Origin) -> Connection | None:
    with _finding:
        for place in reversed(range(len(_idle))):
            if _idle[place].origin == origin:
                return _idle.pop(place)
    return None


def _keep(connection: Connection) -> None:
    """Keep a connection for the next call, and close the others that are old or too many."""
    with _finding:
        _idle.append(connection)
        while _idle and (len(_idle) > MOST_IDLE or _idle[0].is_old):
            _idle.pop(0).close()


atexit.register(close_connections)

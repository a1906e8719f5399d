"""httpcore's own way to the network, but for whom it connects to, and how long a call may take in all."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ssl import SSLContext
from time import monotonic
from typing import Any

import httpcore

from notifications.channels.site import Network
from notifications.channels.wire.network import allowed_addresses

_until: ContextVar[float] = ContextVar("until")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let what this thread asks in the block be over by then, however slowly it is answered.

    httpcore's timeouts are for each packet: an answer that comes a byte at a time would keep a worker for hours.
    """
    reset = _until.set(monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(reset)


class Guarded(httpcore.SyncBackend):
    """Connect to addresses that may be reached, and to nobody else."""

    def __init__(self, networks: tuple[Network, ...]) -> None:
        self._networks = networks

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that may be reached and answers: it is handed on as a number, not looked up."""
        last: Exception = httpcore.ConnectError(f"{host}: not known")
        for address in allowed_addresses(host, port, self._networks):
            left = _left(timeout, httpcore.ConnectTimeout)
            try:
                return _Timed(super().connect_tcp(address, port, left, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last


class _Timed(httpcore.NetworkStream):
    """A stream that waits for each packet no longer than is left of the call."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, over: type[httpcore.TimeoutException]) -> float:
    """Return how many seconds may still be waited; raises what stands for a wait that is over."""
    left = _until.get() - monotonic()
    if left <= 0:
        raise over("the whole call took too long")
    return left if timeout is None else min(timeout, left)

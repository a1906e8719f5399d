"""The ground that every HTTP peer stands on: a server that keeps connections open, as providers do."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOOPBACK = ip_network("127.0.0.0/8")
"""Where every peer stands; a channel may reach it where the operator allows that network."""


@dataclass(frozen=True)
class Request:
    """What a peer was asked: names of headers in lower case, parameters without repetition.

    `connection` is the caller's port: requests on one connection have the same.
    """

    method: str
    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    connection: int = 0

    def json(self) -> Any:
        """Read the body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What a peer answers; with `hang_up` it closes the connection instead, after it has read the request."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hang_up: bool = False

    @classmethod
    def of(cls, facts: Any, status: int = 200) -> "Answer":
        """Answer with JSON."""
        return cls(status, json.dumps(facts).encode(), {"Content-Type": "application/json"})


class _Server(ThreadingHTTPServer):
    """A server that does not mind when a client is gone: some are killed."""

    def handle_error(self, *where: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*where)


@contextmanager
def serving(respond: Callable[[Request], Answer]) -> Iterator[str]:
    """Serve for the length of the block; yield the origin, such as http://127.0.0.1:12345."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Headers and body are two packets: the second would wait 40 ms for the first to be acknowledged.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            target = urlsplit(self.path)
            parameters = {name: values[-1] for name, values in parse_qs(target.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = respond(Request(self.command, target.path, parameters, headers, body, self.client_address[1]))
            if answer.hang_up:
                self.close_connection = True
                return
            with suppress(ConnectionError):  # nobody may be waiting any more
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: Any) -> None:
            """Keep the test's output to itself."""

    server = _Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

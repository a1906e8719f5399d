"""Services that messages are sent to, on this machine."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any


@dataclass
class Webhook:
    """A webhook that counts what it receives, and answers with `status`."""

    url: str
    status: int = 200
    received: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def a_webhook(status: int = 200, *, wait: float = 0) -> Iterator[Webhook]:
    """Run a webhook for the length of the block; it waits some seconds between reading and answering."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            webhook.received.append(json.loads(body))
            sleep(wait)
            with suppress(ConnectionError):  # nobody may be waiting any more
                self.send_response(webhook.status)
                self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Keep the test's output to itself."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    webhook = Webhook(f"json://127.0.0.1:{server.server_port}/hook", status)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield webhook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Digests to a webhook, against a bare client that keeps its connection, and against stock Apprise."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from apprise import Apprise
from apprise.plugins.custom_json import NotifyJSON

from benchmarks.bare import Bare
from benchmarks.delivery.digests import BODY, SUBJECT, Digests
from benchmarks.delivery.peers import Peer, running, serve_webhook


class Webhooks(Digests):
    """Each officer has a path at the same server."""

    name = "webhooks"
    _peer: Peer

    @property
    def job(self) -> str:
        return f"deliver {self._branches:,} digests to a webhook, against a bare pooled httpx client"

    @contextmanager
    def standing(self) -> Iterator[None]:
        with running(serve_webhook) as self._peer:
            yield

    def address(self, number: int) -> str:
        return f"json://127.0.0.1:{self._peer.port}/o{number}"

    def bare(self, _: Bare) -> object:
        with httpx.Client() as client:
            for number in range(1, self._branches + 1):
                url = f"http://127.0.0.1:{self._peer.port}/o{number}"
                client.post(url, json={"subject": SUBJECT, "body": BODY}).raise_for_status()
        return None


class WebhooksByApprise(Webhooks):
    """The same against Apprise's own way."""

    name = "webhooks-apprise"

    @property
    def job(self) -> str:
        return f"deliver {self._branches:,} digests to a webhook, against stock Apprise"

    def bare(self, _: Bare) -> object:
        for number in range(1, self._branches + 1):
            apprise = Apprise()
            apprise.add(stock(f"json://127.0.0.1:{self._peer.port}/o{number}"))
            assert apprise.notify(title=SUBJECT, body=BODY)
        return None


def stock(url: str) -> NotifyJSON:
    """Open an address by Apprise's own class: under its name stands ours in this process."""
    return NotifyJSON(**NotifyJSON.parse_url(url))  # type: ignore[no-untyped-call]  # Apprise has no types

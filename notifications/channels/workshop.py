"""Make senders out of addresses with Apprise, which is taught our own services first."""

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from apprise import Apprise, NotifyBase
from apprise.manager_plugins import NotificationManager

from config.errors import Refusal
from notifications.channels.message import Sender
from notifications.channels.own import OWN, OwnPlugin, SiteAsset, open_own
from notifications.channels.site import Site
from notifications.channels.stock import StockSender, check_stock, guard_requests

Made = TypeVar("Made")

PAGES = {"http": "json", "https": "jsons"}
"""What an address begins with that was copied from a provider's page, and the webhook it might be."""

SERVICES = NotificationManager()  # type: ignore[no-untyped-call]
SERVICES.add(OwnPlugin, schemas=list(OWN), force=True)  # type: ignore[no-untyped-call]

# Their log lines may hold parts of an address, and nobody has asked for them. A filter stays where whoever
# sets logging up anew, as Prefect does, switches a logger on again.
for name in ("apprise", "urllib3.connectionpool"):
    logging.getLogger(name).addFilter(lambda _: False)


def make_sender(scheme: str, url: str, site: Site) -> Sender:
    """Open one address; Refusal when no service takes it, without the address in the line."""
    if scheme in OWN:
        return _own_sender(scheme, url, site)
    if scheme in SERVICES:
        check_stock(scheme, url, SERVICES[scheme], site)
        guard_requests(site.networks)
    # A stock instance waits by itself between two messages: each message gets a new one.
    return StockSender(scheme, _instantiate(scheme, url, site), site.networks)


@lru_cache(maxsize=4_096)
def _own_sender(scheme: str, url: str, site: Site) -> Sender:
    return _made(scheme, lambda: open_own(scheme, url, site))


def _instantiate(scheme: str, url: str, site: Site) -> NotifyBase:
    if scheme in PAGES:
        raise Refusal(
            "channel {scheme}://…: does not say the service; a robot of WeCom is written wecombot://KEY, one of "
            "DingTalk dingtalk://TOKEN, one of Feishu feishu://TOKEN, and a webhook {webhook}://HOST/PATH",
            scheme=scheme,
            webhook=PAGES[scheme],
        )
    if scheme not in SERVICES:
        raise Refusal("channel {scheme}://…: no such service", scheme=scheme)
    return _made(scheme, lambda: Apprise.instantiate(url, asset=SiteAsset(site), suppress_exceptions=False))


def _made(scheme: str, make: Callable[[], Made | None]) -> Made:
    try:
        made = make()
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - each of a hundred services refuses in a way of its own
        made = None
    if made is None:
        raise Refusal("channel {scheme}://…: the address is not complete, or not right for this service", scheme=scheme)
    return made

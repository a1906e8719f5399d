"""Any other service that Apprise knows, through Apprise itself, and held to what can be checked from outside."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import requests
from apprise import Apprise, NotifyBase, NotifyFormat
from urllib3.util import connection as sockets

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict, account_refused
from notifications.channels.site import Network, Site
from notifications.channels.wire.network import Forbidden, allowed_addresses, check_host

ACCEPTED = Verdict(Outcome.ACCEPTED, "acceptance not verified")
DOUBTFUL = Verdict(Outcome.AMBIGUOUS, "refused, not reached or not answered: Apprise does not say which")

UNGUARDED = frozenset(
    {
        "aprs",
        "blink1",
        "dbus",
        "gio",
        "glib",
        "gnome",
        "growl",
        "irc",
        "ircs",
        "kde",
        "macosx",
        "mqtt",
        "mqtts",
        "qt",
        "rsyslog",
        "smpp",
        "smpps",
        "syslog",
        "windows",
        "xmpp",
        "xmpps",
    }
)
"""Services that open sockets of their own or act on this very machine: nobody can check whom they reach."""

RISKY = frozenset({"redirect", "verify"})
"""Parameters of every stock service that would undo what is checked: whom it connects to, and that it is them."""

FILES: Mapping[str, frozenset[str]] = {
    "discord": frozenset({"template"}),
    "fcm": frozenset({"keyfile"}),
    "guilded": frozenset({"template"}),
    "slack": frozenset({"template"}),
    "tgram": frozenset({"template"}),
    "vapid": frozenset({"keyfile", "subfile"}),
    "workflow": frozenset({"template"}),
    "workflows": frozenset({"template"}),
}
"""Parameters by which an address would have a file of this machine read, or fetched from elsewhere, and sent."""

_connect = sockets.create_connection


@dataclass(slots=True)
class _Watch:
    """What one message asked the network for: whether any server may be reached, and which it may not."""

    is_any_allowed: bool = False
    forbidden: list[Forbidden] = field(default_factory=list)


_watch: ContextVar[_Watch] = ContextVar("watch")


@dataclass(frozen=True, slots=True)
class StockSender:
    """A stock service: Apprise says whether the send went well, but not what the provider answered."""

    service: str
    plugin: NotifyBase
    networks: tuple[Network, ...] = ()

    @property
    def account(self) -> str | None:
        """The server, where the address names one; what a service elsewhere counts nobody knows."""
        return f"{self._host}:{self.plugin.port or ''}" if self._host else None

    def check(self) -> None:
        """Raise Refusal when the address names a server that may not be reached."""
        if self._host:
            check_host(self._host, self.plugin.port or 0, self.networks)

    @property
    def _host(self) -> str | None:
        """The host where it is one: some services keep a name or a key in its place, and say what it maps to."""
        token = self.plugin.template_tokens.get("host", {"map_to": "a name"})
        return self.plugin.host.strip("[]") if self.plugin.host and "map_to" not in token else None

    def send(self, message: Message) -> Verdict:
        """Hand one message to Apprise.

        Apprise says of an answer that never came what it says of a refusal, so whatever did not go well
        may have arrived, unless it was let through to nobody.
        """
        apprise = Apprise()
        apprise.add(self.plugin)
        watch = _Watch()
        watched = _watch.set(watch)
        try:
            went_well = apprise.notify(title=message.subject, body=message.body, body_format=NotifyFormat.TEXT)
        finally:
            _watch.reset(watched)
        if watch.forbidden and not watch.is_any_allowed:
            return account_refused(str(watch.forbidden[0]))
        return ACCEPTED if went_well else DOUBTFUL


def check_stock(scheme: str, url: str, plugin: type[NotifyBase], site: Site) -> None:
    """Refuse a service that the operator has to allow, and parameters that it does not know or must not be given."""
    if scheme in UNGUARDED and scheme not in site.services:
        raise Refusal(
            "channel {scheme}://…: nobody can check whom this service reaches; "
            "an operator may allow it (ROLLCALL_SERVICES={scheme})",
            scheme=scheme,
        )
    parts = plugin.parse_url(url) or {}
    known = set(plugin.template_args) - RISKY - FILES.get(scheme, frozenset())
    unknown = {name for name in parts.get("qsd") or () if name not in known}
    signs = {argument.get("prefix") for argument in plugin.template_kwargs.values()}
    unknown |= {sign for sign in ("+", "-", ":") if parts.get(f"qsd{sign}") and sign not in signs}
    if unknown:
        raise Refusal(
            "channel {scheme}://…: a parameter that this service does not know, or may not be given here", scheme=scheme
        )


def guard_requests(networks: Iterable[Network]) -> None:
    """Let what Apprise connects to through requests be checked like everything else, in the whole process.

    The address that was checked is handed on as a number, so that it is the one connected to. No proxy of the
    environment stands between: it would be what is checked, and go wherever it is asked to.
    """
    permitted = tuple(networks)

    def connect(address: tuple[str, int], *arguments: Any, **options: Any) -> Any:
        last: OSError = ConnectionError(f"{address[0]}: not known")
        watch = _watch.get(_Watch())
        try:
            allowed = allowed_addresses(*address, permitted)
        except Forbidden as refused:
            watch.forbidden.append(refused)
            raise ConnectionError(str(refused)) from None  # the one kind that Apprise's services know
        watch.is_any_allowed |= bool(allowed)
        for number in allowed:
            try:
                return _connect((number, address[1]), *arguments, **options)
            except OSError as error:
                last = error
        raise last

    sockets.create_connection = connect  # urllib3 looks it up at every connection
    requests.sessions.get_environ_proxies = _no_proxies  # type: ignore[attr-defined]  # and requests this, at every request


def _no_proxies(*_: Any, **__: Any) -> dict[str, str]:
    return {}

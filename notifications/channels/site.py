"""What an installation lets its channels do."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Site:
    """The place that channels are opened in.

    The embedded services write below `home`. Only public addresses are connected to, and those in
    `networks`. `services` are stock ones allowed although nobody can check whom they connect to.
    `endpoints` says where a provider is reached instead of at its usual address, by the name of its
    service: `http://10.0.0.5:8080` for one that an enterprise runs by itself.
    """

    home: Path
    networks: tuple[Network, ...] = ()
    services: frozenset[str] = frozenset()
    endpoints: tuple[tuple[str, str], ...] = ()

    def endpoint(self, service: str, usual: str) -> str:
        """Return where a service is reached: the origin, without a slash at its end."""
        return dict(self.endpoints).get(service, usual).rstrip("/")

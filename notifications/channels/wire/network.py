"""Connect to addresses that may be reached: the address that was checked is the one connected to."""

import socket
import ssl
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

import certifi

from config.errors import Refusal
from notifications.channels.site import Network

UNICAST = IPv6Network("2000::/3")
"""The IPv6 that is given out to the public (IANA's registry of address space).

Outside it stand, among others, the forms that lead to an IPv4 address: ::/96 (RFC 4291), ::ffff:0:0:0/96
(RFC 2765), 64:ff9b::/96 and 64:ff9b:1::/48 (RFC 6052, RFC 8215).
"""

RESERVED = (IPv6Network("2002::/16"), IPv6Network("3fff::/20"))
"""Within it: one more such form (6to4, RFC 3056), and what is for documentation (RFC 9637)."""

MOST_ADDRESSES = 4
"""How many of a host's addresses are tried: each that does not answer takes its time."""


class Forbidden(Refusal):
    """An address that no channel of this installation may reach."""


def connect(host: str, port: int, timeout: float, networks: Iterable[Network]) -> socket.socket:
    """Open a TCP connection to a host that may be reached.

    Raises Forbidden when it may not be, and OSError when its name is not known or nobody answers.
    """
    last: OSError = ConnectionError(f"{host}: not known")
    for address in allowed_addresses(host, port, networks):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            last = error
    raise last


@lru_cache(maxsize=1_024)
def check_host(host: str, port: int, networks: tuple[Network, ...]) -> None:
    """Raise Forbidden when a host stands for no address that may be reached.

    One whose name is not known here and now passes, and one that has passed is not looked up again, however
    many addresses of a registry name it: it is checked whenever it is connected to.
    """
    allowed_addresses(host, port, networks)


def allowed_addresses(host: str, port: int, networks: Iterable[Network]) -> list[str]:
    """Look a host up and list, as numbers, the first that may be reached; none when its name is not known.

    Whatever it is written like (0x7f000001 is 127.0.0.1), it is looked up once, and what is returned need
    not be looked up again. Only public addresses and those in `networks` may be reached: Forbidden when
    it stands for others alone.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    addresses = [str(address[0]) for *_, address in found]
    permitted = tuple(networks)
    allowed = [address for address in addresses if is_allowed(address, permitted)]
    if not allowed:
        raise Forbidden(
            "the host stands for an address that is not public; an operator may allow its network (ROLLCALL_NETWORKS)"
        )
    return allowed[:MOST_ADDRESSES]


def is_allowed(address: str, networks: Iterable[Network]) -> bool:
    """Tell whether an IP address is public, or in a network that the operator allows."""
    plain = ip_address(address.partition("%")[0])
    # One mapped into IPv6 is IPv4 on the wire.
    meant = (plain.ipv4_mapped if isinstance(plain, IPv6Address) else None) or plain
    if any(meant.version == network.version and meant in network for network in networks):
        return True
    if isinstance(meant, IPv6Address) and (meant not in UNICAST or any(meant in network for network in RESERVED)):
        return False
    return meant.is_global and not meant.is_multicast


@lru_cache(maxsize=1)
def tls_context() -> ssl.SSLContext:
    """Return the one TLS context of the process: making one costs as much as a hundred messages.

    Trusts what the system and SSL_CERT_FILE trust, and the authorities that certifi lists.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context

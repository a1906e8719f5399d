"""Where a request comes from: the peer that is connected, or whom a proxy of the operator's names."""

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request

_LONGEST = 100
_HOUSEHOLD = 64
"""The bits of an IPv6 address that one household or office has to itself: the rest is changed at will."""


def address_of_peer(request: Request) -> str:
    """Return what requests of one place have in common; of IPv6 addresses the network.

    X-Forwarded-For is believed from the proxies in the settings alone (see `create_app`), and then stands in
    the client's place already.
    """
    said = request.client.host if request.client else ""
    try:
        address = ip_address(said.partition("%")[0])
    except ValueError:
        return said[:_LONGEST]
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((address, _HOUSEHOLD), strict=False))
    return str(address)


def agent_of(request: Request) -> str:
    """Return what a browser calls itself, characters alone that can be kept."""
    return "".join(filter(str.isprintable, request.headers.get("user-agent", "")))

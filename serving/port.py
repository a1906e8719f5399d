"""The ports that Prefect's server and the pages listen on."""

import errno
import socket

from config.errors import Refusal

TRIED = 100


def choose_port(host: str, wanted: int, *, is_set: bool, setting: str) -> int:
    """Return a port that is free on the host now: the one wanted, or the next free one unless it was set on purpose.

    Raises Refusal when the port that was set is taken, and when the host is no address of this machine; it names
    the settings by what they begin with, `ROLLCALL_WEB`.
    """
    for port in range(wanted, wanted + (1 if is_set else TRIED)):
        if _is_free(host, port, setting):
            return port
    raise Refusal(
        "port {port} on {host} is taken; set {setting}_PORT to a free one, or stop what listens there",
        port=wanted,
        host=host,
        setting=setting,
    )


def _is_free(host: str, port: int, setting: str) -> bool:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # A connection to the last server that is still closing does not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        if fault.errno in {errno.EADDRINUSE, errno.EACCES}:
            return False
        raise Refusal(
            "nothing can listen on {host} ({why}); correct {setting}_HOST",
            host=host,
            why=fault.strerror,
            setting=setting,
        ) from fault
    return True

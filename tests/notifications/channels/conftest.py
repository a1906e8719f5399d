"""The place that channels are opened in, and a process that each test finds as if it were the first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.channels.mail.connection import close_connections
from notifications.channels.site import Site
from notifications.channels.wecom.token import keeper_of
from notifications.channels.wire import network
from tests.peers.certificates import Certificates, make_certificates
from tests.peers.server import LOOPBACK


@pytest.fixture(autouse=True)
def no_tokens() -> None:
    """Forget the tokens of apps: a peer may be reached where an earlier one was."""
    keeper_of.cache_clear()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site that may reach this machine; its mail connections are closed in the end."""
    yield Site(tmp_path, networks=(LOOPBACK,))
    close_connections()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority and a server's certificate by it."""
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Certificates]:
    """Certificates that this process trusts, as an operator has it trust an authority of the house."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    network.tls_context.cache_clear()
    yield certificates
    network.tls_context.cache_clear()

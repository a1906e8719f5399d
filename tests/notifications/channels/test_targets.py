"""Where an address leads is looked up when it is handed in; what may not be reached is refused there and then."""

import pytest

from config.errors import Refusal
from notifications.channels.opening import check_target, open_channel
from notifications.channels.site import Site

FORBIDDEN = ["127.0.0.1", "localhost", "0x7f000001", "169.254.169.254", "[::1]", "[::ffff:7f00:1]", "[64:ff9b::1]"]


@pytest.mark.parametrize("host", FORBIDDEN)
@pytest.mark.parametrize(
    "address",
    [
        "json://{}/hook",
        "jsons://u:topsecret@{}",
        "mailto://u@example.com?smtp={}",
        "mailtos://u:p@{}",
        "form://{}/hook",
    ],
)
def test_what_may_not_be_reached_is_refused_with_the_service_and_nothing_else_of_it(
    site: Site, address: str, host: str
) -> None:
    sender = open_channel(address.format(host), Site(site.home))
    with pytest.raises(Refusal) as refused:
        check_target(sender)
    line = str(refused.value)
    assert line.startswith(f"channel {sender.service}://…: the host stands for an address that is not public")
    assert host not in line
    assert "topsecret" not in line


@pytest.mark.parametrize("address", ["json://127.0.0.1/hook", "mailto://u@example.com?smtp=127.0.0.1"])
def test_what_an_operator_allows_passes(site: Site, address: str) -> None:
    check_target(open_channel(address, site))


@pytest.mark.parametrize("address", ["folder://zhang-san", "log://", "json://no-such-host.invalid/hook"])
def test_what_leads_nowhere_or_nobody_knows_where_passes(site: Site, address: str) -> None:
    check_target(open_channel(address, Site(site.home)))

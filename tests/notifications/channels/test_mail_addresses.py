"""Addresses of mail: what they say, and what is refused."""

import pytest

from config.errors import Refusal
from notifications.channels.mail.address import MailRoute, Security
from notifications.channels.mail.sender import MailSender
from notifications.channels.opening import open_channel
from notifications.channels.site import Site

SECRET = "topsecret"


def _route(site: Site, address: str) -> MailRoute:
    sender = open_channel(address, site)
    assert isinstance(sender, MailSender)
    return sender.route


@pytest.mark.parametrize(
    ("address", "host", "port", "security"),
    [
        ("mailto://u@example.com", "example.com", 25, Security.INSECURE),
        ("mailto://u:p@example.com", "example.com", 587, Security.STARTTLS),
        ("mailto://u:p@example.com?mode=insecure", "example.com", 25, Security.INSECURE),
        ("mailto://u:p@example.com:465", "example.com", 465, Security.SSL),
        ("mailto://u:p@example.com:2525", "example.com", 2525, Security.STARTTLS),
        ("mailtos://u:p@example.com", "example.com", 587, Security.STARTTLS),
        ("mailtos://u:p@example.com:465", "example.com", 465, Security.SSL),
        ("mailtos://u:p@example.com?mode=SSL", "example.com", 465, Security.SSL),
        ("mailtos://u:p@example.com:8465?mode=ssl", "example.com", 8465, Security.SSL),
        ("mailtos://u:p@example.com?smtp=smtp.example.net", "smtp.example.net", 587, Security.STARTTLS),
        ("mailto://u%40example.com:p@?to=a@example.org", "example.com", 587, Security.STARTTLS),
        ("mailto://u@例子.中国", "xn--fsqu00a.xn--fiqs8s", 25, Security.INSECURE),
        ("mailto://u@example.com?smtp=[::1]", "::1", 25, Security.INSECURE),
    ],
)
def test_an_address_names_a_server_and_how_it_is_spoken_to(
    site: Site, address: str, host: str, port: int, security: Security
) -> None:
    account = _route(site, address).account
    assert (account.host, account.port, account.security) == (host, port, security)


@pytest.mark.parametrize(
    ("address", "sender", "name", "recipient"),
    [
        ("mailto://u@example.com", "u@example.com", "Rollcall", "u@example.com"),
        ("mailto://u@example.com/li%40example.org", "u@example.com", "Rollcall", "li@example.org"),
        ("mailto://u@example.com?to=li@example.org", "u@example.com", "Rollcall", "li@example.org"),
        ("mailto://u%40example.net@example.com", "u@example.net", "Rollcall", "u@example.net"),
        ("mailto://u@example.com?name=%E5%8A%9E%E5%85%AC%E5%AE%A4", "u@example.com", "办公室", "u@example.com"),
        ("mailto://u@example.com?from=b@example.net", "b@example.net", "Rollcall", "b@example.net"),
        ("mailto://u@example.com?from=Office%20<b@example.net>", "b@example.net", "Office", "b@example.net"),
        ("mailto://u@example.com?from=Office", "u@example.com", "Office", "u@example.com"),
        ("mailto://example.com?from=b@example.net&to=li@例子.中国", "b@example.net", "Rollcall",
         "li@xn--fsqu00a.xn--fiqs8s"),
    ],
)  # fmt: skip
def test_an_address_says_who_writes_to_whom(site: Site, address: str, sender: str, name: str, recipient: str) -> None:
    route = _route(site, address)
    assert (route.sender, route.name, route.recipient) == (sender, name, recipient)


def test_the_login_is_what_was_written(site: Site) -> None:
    first = _route(site, "mailtos://u%40example.com:p%3A%40%2F@example.com").account
    second = _route(site, "mailtos://example.com?user=u@example.com&pass=p%3A@/").account
    assert (first.user, first.password) == (second.user, second.password) == ("u@example.com", "p:@/")
    assert first.name == "example.com:587:u@example.com"
    assert "p:@/" not in repr(first)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"mailto://u:{SECRET}@", "the host is missing"),
        (f"mailto://u:{SECRET}@example.com:0", "a port is a number"),
        (f"mailto://u:{SECRET}@example.com:99999", "a port is a number"),
        (f"mailto://u:{SECRET}@example.com:x", "the host is missing or no name of one"),
        (f"mailto://u:{SECRET}@exa%0d%0ample.com", "the host is missing or no name of one"),
        (f"mailto://u:{SECRET}@example.com?smtp=a%20b", "the host is missing or no name of one"),
        (f"mailto://u:{SECRET}@example.com?smtp=[::g]", "no IPv6 address"),
        (f"mailto://u:{SECRET}@example.com?mode=tls", "mode is ssl or starttls"),
        (f"mailtos://u:{SECRET}@example.com?mode=insecure", "mode is ssl or starttls"),
        (f"mailto://u:{SECRET}密@example.com", "in ASCII"),
        (f"mailto://example.com?pass={SECRET}", "say who writes"),
        (f"mailto://u:{SECRET}@example.com/a@example.org/b@example.org", "one recipient"),
        (f"mailto://u:{SECRET}@example.com/a@example.org?to=b@example.org", "one recipient"),
        (f"mailto://u:{SECRET}@example.com?to=a@example.org%2Cb@example.org", "the recipient is no mail address"),
        (f"mailto://u:{SECRET}@example.com?to=a@example.org&to=b@example.org", "given twice"),
        (f"mailto://u:{SECRET}@example.com?to=a%0d%0aRCPT%20TO:<b>@example.org", "the recipient is no mail address"),
        (f"mailto://u:{SECRET}@example.com?to=<a@example.org>", "the recipient is no mail address"),
        (f"mailto://u:{SECRET}@example.com?to=李@example.org", "the recipient is no mail address"),
        (f"mailto://u:{SECRET}@example.com?from=a@b@c", "the sender is no mail address"),
        (f"mailto://u:{SECRET}@example.com?cc=a@example.org", "a parameter that it does not know"),
        (f"mailto://u:{SECRET}@example.com?verify=no", "a parameter that it does not know"),
        (f"mailto://u:{SECRET}@example.com?+Bcc=a@example.org", "takes no +parameters"),
        (f"mailto://u@example.com:{SECRET}@smtp.example.com", "a sign too many"),
        (f"mailto://u:a:{SECRET}@example.com", "a sign too many"),
    ],
)
def test_a_bad_address_is_refused_in_one_line_without_it(site: Site, address: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_channel(address, site)
    line = str(refused.value)
    assert line.startswith(("channel mailto://…: ", "channel mailtos://…: "))
    assert says in line
    assert SECRET not in line
    assert "\n" not in line

"""Why these services are our own: what stock Apprise makes of the very same answers."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from apprise import NotifyBase
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from apprise.plugins.wecombot import NotifyWeComBot

from config.vocabulary import Outcome
from notifications.channels.stock import guard_requests
from tests.notifications.channels.robots import MESSAGE, a_peer, send
from tests.peers.dingtalk import a_dingtalk_robot
from tests.peers.mail import a_mail_server
from tests.peers.provider import Provider
from tests.peers.server import LOOPBACK, Answer, Request, serving

Stock = tuple[type[NotifyBase], str, Callable[[Provider], NotifyBase]]

STOCK: dict[str, Stock] = {
    "wecombot": (NotifyWeComBot, "/cgi-bin/webhook/send?key={key}", lambda peer: NotifyWeComBot(key=peer.key)),
    "dingtalk": (NotifyDingTalk, "/robot/send?access_token={token}", lambda peer: NotifyDingTalk(token=peer.token)),
    "feishu": (NotifyFeishu, "/open-apis/bot/v2/hook/{token}/", lambda peer: NotifyFeishu(token=peer.token)),
    "lark": (NotifyLark, "/open-apis/bot/v2/hook/", lambda peer: NotifyLark(token=peer.token)),
}


@pytest.fixture(autouse=True)
def loopback_is_allowed() -> None:
    """What requests may reach is set for the whole process, and another test may have set it."""
    guard_requests([LOOPBACK])


@pytest.mark.parametrize("service", STOCK)
def test_stock_apprise_takes_a_refusal_for_success(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin, path, make = STOCK[service]
    with a_peer(service) as peer:
        monkeypatch.setattr(plugin, "notify_url", peer.origin + path)
        for _ in range(2):
            peer.fail_next(40001, "no such robot")
        assert make(peer).notify(body=MESSAGE.body) is True
        assert send(peer).outcome is Outcome.PERMANENT
    assert (len(peer.asked), peer.accepted) == (2, [])


def test_stock_apprise_encodes_the_signature_of_dingtalk_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The robot refuses it, and Apprise calls that success as well."""
    with a_dingtalk_robot(lambda: datetime.now(UTC)) as peer:
        monkeypatch.setattr(NotifyDingTalk, "notify_url", peer.origin + STOCK["dingtalk"][1])
        assert NotifyDingTalk(token=peer.token, secret=peer.secret).notify(body=MESSAGE.body) is True
    (request,) = peer.asked
    assert "%3D" in request.parameters["sign"]
    assert peer.accepted == []


def test_stock_apprise_gives_a_repeat_an_id_of_its_own_and_a_connection() -> None:
    with a_mail_server() as server:
        for _ in range(2):
            assert _stock_mail(server.port).notify(body=MESSAGE.body) is True
    first, second = server.mails
    assert first.message_id != second.message_id
    assert server.connections == 2


def test_stock_apprise_follows_redirects_to_wherever_they_lead() -> None:
    paths: list[str] = []

    def respond(request: Request) -> Answer:
        paths.append(request.path)
        return Answer(307, headers={"Location": "/elsewhere"}) if request.path == "/hook" else Answer()

    with serving(respond) as origin:
        host, _, port = origin.removeprefix("http://").partition(":")
        assert NotifyJSON(host=host, port=port, fullpath="/hook").notify(body=MESSAGE.body) is True
    assert paths == ["/hook", "/elsewhere"]


def test_an_instance_of_stock_apprise_that_is_used_again_sleeps_first(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("apprise.url.time.sleep", slept.append)
    with a_mail_server() as server:
        mail = _stock_mail(server.port)
        for _ in range(2):
            mail.notify(body=MESSAGE.body)
    assert [round(seconds) for seconds in slept] == [5]


def _stock_mail(port: int) -> NotifyEmail:
    return NotifyEmail(host="example.com", user="rollcall", smtp_host="127.0.0.1", port=port, secure=False)

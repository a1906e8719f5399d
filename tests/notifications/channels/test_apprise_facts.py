"""Why these services are our own: what stock Apprise makes of the very same answers."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from apprise import NotifyBase
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from apprise.plugins.wecombot import NotifyWeComBot

from config.vocabulary import Outcome
from tests.notifications.channels.robots import MESSAGE, a_peer, send
from tests.peers.dingtalk import a_dingtalk_robot
from tests.peers.provider import Provider

Stock = tuple[type[NotifyBase], str, Callable[[Provider], NotifyBase]]

STOCK: dict[str, Stock] = {
    "wecombot": (NotifyWeComBot, "/cgi-bin/webhook/send?key={key}", lambda peer: NotifyWeComBot(key=peer.key)),
    "dingtalk": (NotifyDingTalk, "/robot/send?access_token={token}", lambda peer: NotifyDingTalk(token=peer.token)),
    "feishu": (NotifyFeishu, "/open-apis/bot/v2/hook/{token}/", lambda peer: NotifyFeishu(token=peer.token)),
    "lark": (NotifyLark, "/open-apis/bot/v2/hook/", lambda peer: NotifyLark(token=peer.token)),
}


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

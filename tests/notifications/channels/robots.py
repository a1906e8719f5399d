"""The five Chinese services, each with its peer, and a message for them."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from notifications.channels.message import Message, Verdict
from notifications.channels.opening import open_channel
from tests.factories import at
from tests.peers.dingtalk import a_dingtalk_robot
from tests.peers.feishu import a_feishu_robot, a_lark_robot
from tests.peers.provider import Provider
from tests.peers.wecom import a_wecom_app, a_wecom_robot

NOON = at("2009-09-16 12:00")

MESSAGE = Message(
    key="rollcall-17",
    to="张三",
    subject="3 项工作已逾期",
    body="**张三**，您好！\n\n- 清苑县第一支部：现状调查\n",
    dated=at("2009-09-16 08:30"),
    sent_at=NOON,
)

FIVE: Mapping[str, Callable[[Callable[[], datetime]], AbstractContextManager[Provider]]] = {
    "wecombot": a_wecom_robot,
    "wechat": a_wecom_app,
    "dingtalk": a_dingtalk_robot,
    "feishu": a_feishu_robot,
    "lark": a_lark_robot,
}


def a_peer(service: str) -> AbstractContextManager[Provider]:
    """Run the peer of a service for the length of the block; its clock stands at noon."""
    return FIVE[service](lambda: NOON)


def send(peer: Provider, message: Message = MESSAGE, *, url: str | None = None, body: str | None = None) -> Verdict:
    """Send a message through a peer's channel, or through another address that leads to the peer."""
    sender = open_channel(url or peer.url, peer.site(Path("/nowhere")))
    return sender.send(message if body is None else replace(message, body=body))

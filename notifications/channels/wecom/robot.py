"""`wecombot://KEY`: a robot in a WeCom group.

Source: WeCom's developer centre, "群机器人配置说明" (developer.work.weixin.qq.com/document/path/91770).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from config.errors import Refusal
from notifications.channels.message import Message, Verdict
from notifications.channels.parts import take_host_only
from notifications.channels.services import SERVICES
from notifications.channels.site import Site
from notifications.channels.wecom.codes import WECOM
from notifications.channels.wire.answers import judge, post_json
from notifications.channels.wire.cutting import cut

USUAL = "https://qyapi.weixin.qq.com"
KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class WecomRobot:
    """Post each message to the group as Markdown; WeCom names no id for it."""

    key: str = field(repr=False)
    site: Site
    service: str = "wecombot"

    @property
    def account(self) -> str:
        """The robot: 20 messages a minute, whoever sends them."""
        return self.key

    def send(self, message: Message) -> Verdict:
        """Post the message as it is written, and read what WeCom says of it."""
        content = cut(message.body, SERVICES[self.service].longest)
        address = f"{self.site.endpoint(self.service, USUAL)}/cgi-bin/webhook/send?{urlencode({'key': self.key})}"
        facts = {"msgtype": "markdown", "markdown": {"content": content}}
        reply = post_json(address, facts, self.site.networks, [self.key])
        return reply if isinstance(reply, Verdict) else judge(reply, WECOM, [self.key])


def open_wecom_robot(site: Site, parts: Mapping[str, Any]) -> WecomRobot:
    """Open a robot; Refusal when the address is anything but its key."""
    take_host_only("wecombot", parts)
    key = str(parts["host"])
    if not KEY.fullmatch(key):
        raise Refusal("channel wecombot://…: the robot's key, please: what follows key= in its webhook address")
    return WecomRobot(key, site)

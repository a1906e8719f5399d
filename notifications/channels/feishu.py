"""`feishu://TOKEN` and, signed, `feishu://SECRET@TOKEN`: a robot in a group of Feishu; `lark://` is Feishu abroad.

Source: Feishu's open platform, "自定义机器人使用指南" (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from config.errors import Refusal
from notifications.channels.message import Message, Verdict
from notifications.channels.parts import take_parts
from notifications.channels.site import Site
from notifications.channels.wire.answers import (
    ACCEPTED,
    BUSY,
    DEAD,
    REFUSED,
    THROTTLED,
    CodeBook,
    as_json,
    judge,
    post_json,
)
from notifications.channels.wire.cutting import cut, cut_in_json
from notifications.channels.wire.signing import instant_of, sign

USUAL = {"feishu": "https://open.feishu.cn", "lark": "https://open.larksuite.com"}
LONGEST_REQUEST = 20_000
LONGEST_TITLE = 300
TOKEN = re.compile(r"[A-Za-z0-9_-]+")

FEISHU = CodeBook(
    code="code",
    words="msg",
    older=("StatusCode", "StatusMessage"),
    meanings={
        0: ACCEPTED,
        -1: BUSY,
        11232: THROTTLED,
        99991400: THROTTLED,
        9499: REFUSED,  # a request that is too long or not well formed
        19001: DEAD,  # the token
        19021: DEAD,  # the signature, or the clock of this machine
        19022: DEAD,  # not from this IP
        19024: DEAD,  # none of the keywords
    },
    by_words={9499: {"too many request": THROTTLED}},
)


@dataclass(frozen=True, slots=True)
class FeishuRobot:
    """Post each message to the group as a card of Markdown under a title; Feishu names no id for it."""

    service: str
    token: str = field(repr=False)
    secret: str | None = field(repr=False)
    site: Site

    @property
    def account(self) -> str:
        """The robot: 100 messages a minute and 5 a second, whoever sends them."""
        return self.token

    def send(self, message: Message) -> Verdict:
        """Post the message as it is written, and read what Feishu says of it."""
        address = f"{self.site.endpoint(self.service, USUAL[self.service])}/open-apis/bot/v2/hook/{self.token}"
        secrets = [self.token, self.secret or ""]
        reply = post_json(address, self._facts(message), self.site.networks, secrets)
        return reply if isinstance(reply, Verdict) else judge(reply, FEISHU, secrets)

    def _facts(self, message: Message) -> dict[str, Any]:
        """Compose the request, no longer as a whole than Feishu takes."""
        signature = {} if self.secret is None else _signature(self.secret, message)

        def facts(text: str) -> dict[str, Any]:
            return {**signature, "msg_type": "interactive", "card": _card(message.subject, text)}

        return facts(cut_in_json(message.body, LONGEST_REQUEST - len(as_json(facts("")))))


def open_feishu(site: Site, parts: Mapping[str, Any]) -> FeishuRobot:
    """Open a robot of Feishu; Refusal when the address is anything but its token and its secret."""
    return _open("feishu", site, parts)


def open_lark(site: Site, parts: Mapping[str, Any]) -> FeishuRobot:
    """Open a robot of Lark; everything as for Feishu."""
    return _open("lark", site, parts)


def _open(service: str, site: Site, parts: Mapping[str, Any]) -> FeishuRobot:
    take_parts(service, parts, takes=frozenset({"user", "host"}), parameters=frozenset())
    token = str(parts["host"])
    if not TOKEN.fullmatch(token):
        raise Refusal(
            "channel {scheme}://…: must be {scheme}://TOKEN or {scheme}://SECRET@TOKEN, "
            "the token being the end of the robot's webhook address",
            scheme=service,
        )
    return FeishuRobot(service, token, unquote(str(parts.get("user") or "")) or None, site)


def _signature(secret: str, message: Message) -> dict[str, str]:
    """Sign the instant in seconds: it is part of the key, and there are no words."""
    timestamp = str(int(instant_of(message).timestamp()))
    return {"timestamp": timestamp, "sign": sign(f"{timestamp}\n{secret}", "")}


def _card(title: str, text: str) -> dict[str, Any]:
    """Lay out a card (JSON 2.0 of Feishu's cards)."""
    return {
        "schema": "2.0",
        "header": {"title": {"tag": "plain_text", "content": cut(title, LONGEST_TITLE)}},
        "body": {"elements": [{"tag": "markdown", "content": text}]},
    }

"""`dingtalk://TOKEN` and, signed, `dingtalk://SECRET@TOKEN`: a robot in a DingTalk group.

Sources: DingTalk's open platform, "自定义机器人接入" (open.dingtalk.com/document/robots/custom-robot-access)
and "自定义机器人安全设置" (open.dingtalk.com/document/robots/customize-robot-security-settings).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlencode

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict
from notifications.channels.parts import take_parts
from notifications.channels.site import Site
from notifications.channels.wire.answers import (
    ACCEPTED,
    BUSY,
    DEAD,
    CodeBook,
    Meaning,
    as_json,
    judge,
    post_json,
)
from notifications.channels.wire.cutting import cut, cut_in_json
from notifications.channels.wire.signing import instant_of, sign

USUAL = "https://oapi.dingtalk.com"
LONGEST_REQUEST = 20_000
LONGEST_TITLE = 300
WORD = re.compile(r"[A-Za-z0-9]+")

# More than 20 messages in a minute, and the robot is kept quiet for ten.
QUIET = Meaning(Outcome.THROTTLED, wait=timedelta(minutes=10))

DINGTALK = CodeBook(
    code="errcode",
    words="errmsg",
    meanings={
        0: ACCEPTED,
        -1: BUSY,
        130101: QUIET,
        302033: QUIET,
        410100: QUIET,
        90002: QUIET,  # all calls of this server are blocked for a while
        90018: QUIET,  # calls of this interface are
        300001: DEAD,  # the token
        300005: DEAD,  # the token
        310000: DEAD,  # the robot's safety settings: signature, keyword, IP
        400013: DEAD,  # the group is dissolved
        400101: DEAD,  # the token
        400102: DEAD,  # the robot is disabled
        400106: DEAD,  # the robot does not exist
    },
    by_words={
        310000: {"too fast": QUIET, "限流": QUIET},
        # An interface that was called too often says so in one of these.
        88: {"90002": QUIET, "90018": QUIET},
    },
)

# Of a message that was signed, these blame the clock of this machine, and that is no fault of the robot.
LATE = {"invalid timestamp": BUSY, "签名过期": BUSY}
SIGNED = replace(DINGTALK, by_words={**DINGTALK.by_words, 310000: {**DINGTALK.by_words[310000], **LATE}})


@dataclass(frozen=True, slots=True)
class DingTalkRobot:
    """Post each message to the group as Markdown; DingTalk names no id for it."""

    token: str = field(repr=False)
    secret: str | None = field(repr=False)
    site: Site
    service: str = "dingtalk"

    @property
    def account(self) -> str:
        """The robot: 20 messages a minute, whoever sends them."""
        return self.token

    def send(self, message: Message) -> Verdict:
        """Post the message as it is written, and read what DingTalk says of it.

        The title stands in the list of conversations, and the text below it alone in the group.
        """
        parameters = {"access_token": self.token}
        if self.secret is not None:
            # In milliseconds; encoded once, with the parameters.
            timestamp = str(round(instant_of(message).timestamp() * 1_000))
            parameters |= {"timestamp": timestamp, "sign": sign(self.secret, f"{timestamp}\n{self.secret}")}
        address = f"{self.site.endpoint(self.service, USUAL)}/robot/send?{urlencode(parameters)}"
        secrets = [self.token, self.secret or ""]
        reply = post_json(address, _facts(message), self.site.networks, secrets)
        book = DINGTALK if self.secret is None else SIGNED
        return reply if isinstance(reply, Verdict) else judge(reply, book, secrets)


def open_dingtalk(site: Site, parts: Mapping[str, Any]) -> DingTalkRobot:
    """Open a robot; Refusal when the address is anything but its token and its secret."""
    take_parts("dingtalk", parts, takes=frozenset({"user", "host"}), parameters=frozenset())
    token, secret = str(parts["host"]), unquote(str(parts.get("user") or ""))
    if not WORD.fullmatch(token) or not WORD.fullmatch(secret or "none"):
        raise Refusal("channel dingtalk://…: must be dingtalk://TOKEN or dingtalk://SECRET@TOKEN, letters and digits")
    return DingTalkRobot(token, secret or None, site)


def _facts(message: Message) -> dict[str, Any]:
    """Compose the request, no longer as a whole than DingTalk takes."""

    def facts(text: str) -> dict[str, Any]:
        return {"msgtype": "markdown", "markdown": {"title": cut(message.subject, LONGEST_TITLE), "text": text}}

    return facts(cut_in_json(message.body, LONGEST_REQUEST - len(as_json(facts("")))))

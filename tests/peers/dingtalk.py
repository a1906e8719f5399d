"""DingTalk's group robot, as its open platform describes it ("自定义机器人接入" and its safety settings)."""

import base64
import hashlib
import hmac
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from tests.peers.provider import Clock, Provider, Refused, payload_of, running, text_in
from tests.peers.server import Request

SECRET = "SEC2f0c7a5291d04b1ea0c7f3c9e8b1d2a4"
MORE = "more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]"
TEXTS = {"text": "content", "markdown": "text"}


def a_dingtalk_robot(
    now: Clock, *, secret: str | None = SECRET, keyword: str | None = None
) -> AbstractContextManager["DingTalkPeer"]:
    """Run a robot for the length of the block, signed unless `secret` is None."""
    return running(DingTalkPeer(now, secret, keyword))


class DingTalkPeer(Provider):
    """A robot: requests of 20,000 bytes, 20 messages a minute, and then ten minutes of silence."""

    service = "dingtalk"
    token = "7d3aa9c1e0b84f55a1robottoken"

    def __init__(self, now: Clock, secret: str | None, keyword: str | None) -> None:
        super().__init__(now)
        self.secret = secret
        self.keyword = keyword
        self.quiet_until = now()

    @property
    def url(self) -> str:
        return f"dingtalk://{self.secret}@{self.token}" if self.secret else f"dingtalk://{self.token}"

    def refusal(self, code: int, words: str) -> dict[str, Any]:
        return {"errcode": code, "errmsg": words}

    def judge(self, request: Request) -> dict[str, Any]:
        if request.path != "/robot/send":
            raise Refused(404, "the URI of the request does not exist")
        if request.parameters.get("access_token") != self.token:
            raise Refused(300001, "token is not exist")
        if self.secret:
            self._check_signature(self.secret, request)
        if len(request.body) > 20_000:
            raise Refused(460101, "message too long, exceed 20000 bytes")
        text = self._check(payload_of(request, Refused(40035, "缺少参数 json")))
        if self.keyword and self.keyword not in text:
            raise Refused(310000, f"keywords not in content, {MORE}")
        if self.now() >= self.quiet_until and self.is_too_fast(20, 60):
            self.quiet_until = self.now() + timedelta(minutes=10)
        if self.now() < self.quiet_until:
            raise Refused(130101, "send too fast, exceed 20 times per minute")
        self.accept(text, request.json())
        return {"errcode": 0, "errmsg": "ok"}

    def _check(self, payload: dict[str, Any]) -> str:
        kind = str(payload.get("msgtype"))
        if kind not in TEXTS:
            raise Refused(400105, "unsupported msgtype")
        text = text_in(payload, kind, TEXTS[kind])
        if not text:
            raise Refused(40035, f"缺少参数 {TEXTS[kind]}")
        if kind == "markdown" and not text_in(payload, kind, "title"):
            raise Refused(40035, "缺少参数 title")
        return text

    def _check_signature(self, secret: str, request: Request) -> None:
        """Check that the instant, in milliseconds, is within an hour and that the signature is of it."""
        timestamp = request.parameters.get("timestamp", "")
        if not timestamp.isdigit() or abs(_instant(timestamp, self.now()) - self.now()) > timedelta(hours=1):
            raise Refused(310000, f"invalid timestamp, {MORE}")
        expected = hmac.new(secret.encode(), f"{timestamp}\n{secret}".encode(), digestmod=hashlib.sha256).digest()
        if request.parameters.get("sign") != base64.b64encode(expected).decode():
            raise Refused(310000, f"sign not match, {MORE}")


def _instant(timestamp: str, now: datetime) -> datetime:
    return datetime.fromtimestamp(int(timestamp) / 1_000, tz=now.tzinfo)

"""Feishu's group robot, and Lark's, as the open platform describes it ("自定义机器人使用指南")."""

import base64
import hashlib
import hmac
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from tests.peers.provider import Clock, Provider, Refused, payload_of, running, text_in
from tests.peers.server import Request

SECRET = "k3y/with+signs=:@%"
BAD = (9499, "Bad Request")


def a_feishu_robot(
    now: Clock, *, secret: str | None = SECRET, keyword: str | None = None
) -> AbstractContextManager["FeishuPeer"]:
    """Run a robot of Feishu for the length of the block, signed unless `secret` is None."""
    return running(FeishuPeer(now, "feishu", secret, keyword))


def a_lark_robot(
    now: Clock, *, secret: str | None = SECRET, keyword: str | None = None
) -> AbstractContextManager["FeishuPeer"]:
    """Run a robot of Lark for the length of the block, signed unless `secret` is None."""
    return running(FeishuPeer(now, "lark", secret, keyword))


class FeishuPeer(Provider):
    """A robot: requests of 20 KB, 100 messages a minute and 5 a second."""

    token = "5d0c7a52-91d0-4b1e-hook-token"

    def __init__(self, now: Clock, service: str, secret: str | None, keyword: str | None) -> None:
        super().__init__(now)
        self.service = service
        self.secret = secret
        self.keyword = keyword

    @property
    def url(self) -> str:
        signed = f"{quote(self.secret, safe='')}@" if self.secret else ""
        return f"{self.service}://{signed}{self.token}"

    def refusal(self, code: int, words: str) -> dict[str, Any]:
        return {"code": code, "msg": words, "data": {}}

    def judge(self, request: Request) -> dict[str, Any]:
        # Stock Apprise puts a slash at the end for Feishu, and none for Lark.
        if request.path.rstrip("/") != f"/open-apis/bot/v2/hook/{self.token}":
            raise Refused(19001, "param invalid: incoming webhook access token invalid")
        if len(request.body) > 20 * 1_024:
            raise Refused(*BAD)
        payload = payload_of(request, Refused(*BAD))
        if self.secret:
            self._check_signature(self.secret, payload)
        text = self._check(payload)
        if self.keyword and self.keyword not in text:
            raise Refused(19024, "Key Words Not Found")
        if self.is_too_fast(5, 1) or self.is_too_fast(100, 60):
            raise Refused(11232, "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]")
        self.accept(text, payload)
        return {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}

    def _check(self, payload: dict[str, Any]) -> str:
        kind = payload.get("msg_type")
        if kind == "text":
            text = text_in(payload, "content", "text")
        elif kind == "interactive" and text_in(payload, "card", "schema") == "2.0":
            element = ("card", "body", "elements", 0)
            text = text_in(payload, *element, "content") if text_in(payload, *element, "tag") == "markdown" else ""
            if text_in(payload, "card", "header", "title", "tag") not in ("", "plain_text"):
                raise Refused(*BAD)
        else:
            raise Refused(19002, "params error, msg_type need")
        if not text:
            raise Refused(*BAD)
        return text

    def _check_signature(self, secret: str, payload: dict[str, Any]) -> None:
        """Check that the instant, in seconds, is within an hour and that it and the secret are what signed nothing."""
        timestamp = text_in(payload, "timestamp")
        expected = hmac.new(f"{timestamp}\n{secret}".encode(), b"", digestmod=hashlib.sha256).digest()
        is_fresh = timestamp.isdigit() and abs(_instant(timestamp, self.now()) - self.now()) <= timedelta(hours=1)
        if not is_fresh or text_in(payload, "sign") != base64.b64encode(expected).decode():
            raise Refused(19021, "sign match fail or timestamp is not within one hour from current time")


def _instant(timestamp: str, now: datetime) -> datetime:
    return datetime.fromtimestamp(int(timestamp), tz=now.tzinfo)

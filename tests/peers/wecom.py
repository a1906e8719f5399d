"""WeCom's group robot and its app messages, as its developer centre describes them (documents 91770, 91039, 90236)."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from tests.peers.provider import Clock, Provider, Refused, payload_of, running, text_in
from tests.peers.server import Request

MORE = "hint: [1727072563250387098226545], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com"

LONGEST = {"text": 2_048, "markdown": 4_096}
KNOWN = {
    "touser": ("invaliduser", {"zhangsan", "lisi", "wangwu"}),
    "toparty": ("invalidparty", {"2"}),
    "totag": ("invalidtag", {"7"}),
}


def a_wecom_robot(now: Clock) -> AbstractContextManager["WecomRobotPeer"]:
    """Run a robot for the length of the block."""
    return running(WecomRobotPeer(now))


def a_wecom_app(now: Clock) -> AbstractContextManager["WecomAppPeer"]:
    """Run an app for the length of the block."""
    return running(WecomAppPeer(now))


class WecomPeer(Provider):
    """What both answer alike."""

    def refusal(self, code: int, words: str) -> dict[str, Any]:
        return {"errcode": code, "errmsg": words}


class WecomRobotPeer(WecomPeer):
    """A robot: texts of 2,048 bytes, Markdown of 4,096, and 20 messages a minute."""

    service = "wecombot"
    key = "5f0c7a52-91d0-4b1e-robot-key"

    @property
    def url(self) -> str:
        return f"wecombot://{self.key}"

    def judge(self, request: Request) -> dict[str, Any]:
        if request.path != "/cgi-bin/webhook/send" or request.parameters.get("key") != self.key:
            raise Refused(93000, f"invalid webhook url, {MORE}")
        payload = payload_of(request, Refused(47001, "data format error"))
        kind = str(payload.get("msgtype"))
        if kind not in LONGEST:
            raise Refused(40008, "invalid message type")
        text = text_in(payload, kind, "content")
        if not text:
            raise Refused(44004, "empty content")
        if len(text.encode()) > LONGEST[kind]:
            words = f"{kind}.content exceed max length {LONGEST[kind]}. invalid Request Parameter"
            raise Refused(40058, words)
        if self.is_too_fast(20, 60):
            raise Refused(45009, f"api freq out of limit, {MORE}")
        self.accept(text, payload)
        return {"errcode": 0, "errmsg": "ok"}


class WecomAppPeer(WecomPeer):
    """An app with three members in sight, one department and one tag; ids are compared without regard to capitals."""

    service = "wechat"
    preparations = frozenset({"/cgi-bin/gettoken"})
    corporation = "ww5f0c7a5291d04b1e"
    secret = "app/secret+of=the@app"
    agent = 1000002

    def __init__(self, now: Clock) -> None:
        super().__init__(now)
        self.tokens_given = 0
        self.life = 7_200
        self.token: str | None = None
        self.token_refusal: Refused | None = None
        self.token_until = now()

    @property
    def url(self) -> str:
        return self.url_to("@ZhangSan")

    def url_to(self, *targets: str) -> str:
        """The address of a channel to some recipients."""
        to = "/".join(quote(target, safe="@+") for target in targets)
        return f"wechat://{self.corporation}:{quote(self.secret, safe='')}@{self.agent}/{to}"

    def withdraw_token(self) -> None:
        """Take back the token that was given, before its time."""
        self.token = None

    def judge(self, request: Request) -> dict[str, Any]:
        if request.path == "/cgi-bin/gettoken" and request.method == "GET":
            return self._give_token(request)
        if request.path != "/cgi-bin/message/send":
            raise Refused(40035, "invalid parameter")
        self._check_token(request)
        payload = payload_of(request, Refused(47001, "data format error"))
        if payload.get("agentid") != self.agent:
            raise Refused(40056, "invalid agentid")
        if payload.get("msgtype") != "markdown":
            raise Refused(40008, "invalid message type")
        text = text_in(payload, "markdown", "content")
        if not text:
            raise Refused(44004, "empty content")
        if len(text.encode()) > 2_048:
            raise Refused(45002, "content size out of limit")
        unreached = self._unreached(payload)
        self.accept(text, payload)
        return {"errcode": 0, "errmsg": "ok", "msgid": f"msg-{len(self.accepted)}", **unreached}

    def _give_token(self, request: Request) -> dict[str, Any]:
        if self.token_refusal is not None:
            raise self.token_refusal
        if request.parameters.get("corpid") != self.corporation:
            raise Refused(40013, f"invalid corpid, {MORE}")
        if request.parameters.get("corpsecret") != self.secret:
            raise Refused(40001, f"invalid credential {request.parameters.get('corpsecret')}, {MORE}")
        if self.token is None or self.now() >= self.token_until:
            self.token = f"token-{self.tokens_given}-{'x' * 200}"
            self.token_until = self.now() + timedelta(seconds=self.life)
        self.tokens_given += 1
        return {"errcode": 0, "errmsg": "ok", "access_token": self.token, "expires_in": self.life}

    def _check_token(self, request: Request) -> None:
        if self.token is None or request.parameters.get("access_token") != self.token:
            raise Refused(40014, f"invalid access_token {request.parameters.get('access_token')}")
        if self.now() >= self.token_until:
            raise Refused(42001, "access_token expired")

    def _unreached(self, payload: dict[str, Any]) -> dict[str, str]:
        unreached, reached = {}, False
        for name, (invalid, known) in KNOWN.items():
            named = {one.lower() for one in text_in(payload, name).split("|") if one}
            reached = reached or bool(named & known)
            if named - known:
                unreached[invalid] = "|".join(sorted(named - known))
        if not reached:
            raise Refused(81013, "user & party & tag all invalid")
        return unreached

"""The token that a WeCom app calls with: asked for once, and used by all its channels of this process.

Source: WeCom's developer centre, "获取access_token" (developer.work.weixin.qq.com/document/path/91039). It
lasts two hours, may end earlier, and whoever asks for it too often is blocked.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from time import monotonic
from urllib.parse import urlencode

from config.vocabulary import Outcome
from notifications.channels.message import Verdict, account_refused
from notifications.channels.site import Network
from notifications.channels.wecom.codes import WECOM
from notifications.channels.wire.answers import get_json, judge, read_answer
from notifications.channels.wire.http import Reply

SHARE_USED = 0.9
"""The part of a token's life in which it is used, so that none ends on its way."""


class TokenKeeper:
    """Keeps one app's token; of several threads that need one at once, one asks and the others wait for it."""

    def __init__(self, ask: Callable[[], Reply | Verdict]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._token: str | None = None
        self._until = 0.0

    def token(self, *, instead_of: str | None = None) -> str | Verdict:
        """Return a token, or why there is none; `instead_of` is one that WeCom did not take."""
        with self._lock:
            if self._token is None or self._token == instead_of or monotonic() >= self._until:
                return self._renew()
            return self._token

    def _renew(self) -> str | Verdict:
        began, self._token = monotonic(), None
        reply = self._ask()
        if isinstance(reply, Verdict):
            return _not_sent(reply)
        verdict, answer = judge(reply, WECOM), read_answer(reply, WECOM)
        if verdict.outcome is not Outcome.ACCEPTED or answer is None:
            return _not_sent(verdict)
        token, seconds = answer.facts.get("access_token"), answer.facts.get("expires_in")
        if not (isinstance(token, str) and token and isinstance(seconds, int)):
            return Verdict(Outcome.TEMPORARY, "no token: an answer without access_token or expires_in")
        self._token, self._until = token, began + seconds * SHARE_USED
        return token


@lru_cache(maxsize=256)
def keeper_of(origin: str, corporation: str, secret: str, networks: tuple[Network, ...]) -> TokenKeeper:
    """Return the one keeper of an app's token."""
    address = f"{origin}/cgi-bin/gettoken?{urlencode({'corpid': corporation, 'corpsecret': secret})}"
    return TokenKeeper(lambda: get_json(address, networks, [secret]))


def _not_sent(verdict: Verdict) -> Verdict:
    """Say why there is no token: the message itself has not left, and it is the app that WeCom does not know."""
    said = f"no token: {verdict.detail}"
    return replace(verdict, detail=said) if verdict.outcome is Outcome.THROTTLED else account_refused(said)

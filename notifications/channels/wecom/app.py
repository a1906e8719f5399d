"""`wechat://CORPID:SECRET@AGENTID/@USER`: an app of an enterprise that writes to members of its WeCom.

Sources: WeCom's developer centre, "获取access_token" and "发送应用消息"
(developer.work.weixin.qq.com/document/path/91039 and /90236).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urlencode

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict
from notifications.channels.parts import take_parts
from notifications.channels.services import SERVICES
from notifications.channels.site import Site
from notifications.channels.wecom.codes import TOKEN_EXPIRED, TOKEN_INVALID, WECOM
from notifications.channels.wecom.token import keeper_of
from notifications.channels.wire.answers import judge, post_json, read_answer
from notifications.channels.wire.cutting import cut
from notifications.channels.wire.http import Reply

USUAL = "https://qyapi.weixin.qq.com"
CORPORATION = re.compile(r"[A-Za-z0-9_-]+")
AGENT = re.compile(r"[0-9]{1,10}")
USER = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9_@.-]{0,63})")
NUMBERED = re.compile(r"([#+])([0-9]{1,10})")
EVERYONE = "all"
STALE = frozenset({TOKEN_INVALID, TOKEN_EXPIRED})


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom an app writes to: members by their ids, departments and tags by their numbers."""

    users: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def fields(self) -> dict[str, str]:
        """Say them as WeCom's interface takes them."""
        fields = {"touser": self.users, "toparty": self.departments, "totag": self.tags}
        return {name: "|".join(sorted(ids)) for name, ids in fields.items() if ids}

    def all(self) -> frozenset[str]:
        """Name each apart from the others; WeCom tells no capitals from small letters, and answers in small ones."""
        return _named("user", self.users) | _named("party", self.departments) | _named("tag", self.tags)


@dataclass(frozen=True, slots=True)
class WecomApp:
    """Send each message to its recipients as Markdown; the receipt is WeCom's msgid."""

    corporation: str
    secret: str = field(repr=False)
    agent: str
    recipients: Recipients
    site: Site
    service: str = "wechat"

    @property
    def account(self) -> str:
        """The app of its corporation."""
        return f"{self.corporation}/{self.agent}"

    def send(self, message: Message) -> Verdict:
        """Send the message as it is written; once more, with a new token, when WeCom refuses the one there is."""
        keeper = keeper_of(self.site.endpoint(self.service, USUAL), self.corporation, self.secret, self.site.networks)
        token = keeper.token()
        reply = token if isinstance(token, Verdict) else self._post(token, message)
        if isinstance(token, str) and isinstance(reply, Reply) and _is_stale(reply):
            token = keeper.token(instead_of=token)
            reply = token if isinstance(token, Verdict) else self._post(token, message)
        return reply if isinstance(reply, Verdict) else self._judge(reply)

    def _post(self, token: str, message: Message) -> Reply | Verdict:
        content = cut(message.body, SERVICES[self.service].longest)
        facts = {
            **self.recipients.fields(),
            "agentid": int(self.agent),
            "msgtype": "markdown",
            "markdown": {"content": content},
        }
        origin = self.site.endpoint(self.service, USUAL)
        address = f"{origin}/cgi-bin/message/send?{urlencode({'access_token': token})}"
        return post_json(address, facts, self.site.networks, [token, self.secret])

    def _judge(self, reply: Reply) -> Verdict:
        """Judge WeCom's answer: taken is not yet received, for it names those it could not reach."""
        verdict, answer = judge(reply, WECOM, [self.secret]), read_answer(reply, WECOM)
        if verdict.outcome is not Outcome.ACCEPTED or answer is None:
            return verdict
        missed = _missed(answer.facts)
        if missed >= self.recipients.all():
            return Verdict(Outcome.PERMANENT, f"{verdict.detail}, but nobody was reached", is_channel_dead=True)
        detail = f"{verdict.detail}, but not for {', '.join(sorted(missed))}" if missed else verdict.detail
        return replace(verdict, detail=detail, receipt=str(answer.facts.get("msgid") or "") or None)


def open_wecom_app(site: Site, parts: Mapping[str, Any]) -> WecomApp:
    """Open an app for some recipients; Refusal when the address is not complete, or is for everyone."""
    takes = frozenset({"user", "password", "host", "fullpath"})
    take_parts("wechat", parts, takes=takes, parameters=frozenset())
    corporation, secret = (unquote(str(parts[name] or "")) for name in ("user", "password"))
    agent = str(parts["host"])
    if not (CORPORATION.fullmatch(corporation) and secret and AGENT.fullmatch(agent)):
        raise Refusal("channel wechat://…: must be wechat://CORPID:SECRET@AGENTID/@USER, the app's id a number")
    targets = [unquote(target) for target in str(parts["fullpath"] or "").split("/") if target]
    return WecomApp(corporation, secret, agent, _recipients(targets), site)


def _recipients(targets: list[str]) -> Recipients:
    users = [match[1] for target in targets if (match := USER.fullmatch(target))]
    numbered = [match.groups() for target in targets if (match := NUMBERED.fullmatch(target))]
    if EVERYONE in users:
        raise Refusal("channel wechat://…: @all is everyone in the enterprise; a channel is for one officer")
    if not targets or len(users) + len(numbered) < len(targets):
        raise Refusal("channel wechat://…: takes @USER, %23DEPARTMENT and +TAG, at least one, the last two by number")
    return Recipients(
        frozenset(users),
        frozenset(number for sign, number in numbered if sign == "#"),
        frozenset(number for sign, number in numbered if sign == "+"),
    )


def _is_stale(reply: Reply) -> bool:
    answer = read_answer(reply, WECOM)
    return answer is not None and answer.code in STALE


def _missed(facts: Mapping[str, Any]) -> frozenset[str]:
    """Name those that WeCom did not reach: unknown, out of the app's sight, or without a licence."""
    kinds = {"invaliduser": "user", "unlicenseduser": "user", "invalidparty": "party", "invalidtag": "tag"}
    return frozenset().union(*(_named(kind, str(facts.get(name) or "").split("|")) for name, kind in kinds.items()))


def _named(kind: str, ids: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{kind} {one.lower()}" for one in ids if one)

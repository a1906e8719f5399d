"""`twilio://SID:TOKEN@FROM/TO`: short messages through Twilio, one recipient a channel.

By its documents "Messages resource" and "Error and warning dictionary".
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict, account_refused
from notifications.channels.parts import read_text, take_parts
from notifications.channels.site import Site
from notifications.channels.sms.gateway import Request, SmsSender, read_number
from notifications.channels.wire.http import Reply, verdict_on_status
from notifications.channels.wire.masking import masked

SERVICE = "twilio"
ORIGIN = "https://api.twilio.com"
PARTS = frozenset({"user", "password", "host", "fullpath"})
PARAMETERS = frozenset({"from", "to"})
SID = re.compile(r"AC[0-9a-f]+", re.IGNORECASE | re.ASCII)
TOKEN = re.compile(r"[0-9a-z]+", re.IGNORECASE | re.ASCII)
SHORT_CODE = re.compile(r"\d{5,6}", re.ASCII)

OF_THE_ACCOUNT = frozenset({20003, 20005, 21212, 21603, 21606})
"""Login refused, account closed, a sender's number that is none or not the account's."""

DEAD = frozenset({21211, 21214, 21217, 21408, 21608, 21610, 21612, 21614})
"""A number that is none, or cannot be written to; one that has unsubscribed."""

THROTTLING = frozenset({14107, 20429})
TEMPORARY = frozenset({21611, 30001})
"""Its queue for this sender is full."""

UNDONE = frozenset({"failed", "undelivered", "canceled"})


@dataclass(frozen=True, slots=True)
class TwilioGateway:
    """One Twilio number, writing to one phone."""

    origin: str
    sid: str
    token: str = field(repr=False)
    sender: str
    recipient: str
    service: str = SERVICE

    @property
    def account(self) -> str:
        """The account and its number: Twilio counts by the number."""
        return f"{self.sid}:{self.sender}"

    def request(self, message: Message) -> Request:
        """Write the request that creates a message."""
        login = b64encode(f"{self.sid}:{self.token}".encode()).decode()
        return Request(
            f"{self.origin}/2010-04-01/Accounts/{self.sid}/Messages.json",
            urlencode({"To": self.recipient, "From": self.sender, "Body": message.body}).encode(),
            {
                "Authorization": f"Basic {login}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
            },
        )

    def verdict(self, reply: Reply) -> Verdict:
        """Judge by Twilio's own code where there is one, else by the status."""
        answer = _read(reply)
        secrets = (self.token, f"{self.sid}:{self.token}")
        if verdict := _on_code(answer, reply) or verdict_on_status(reply):
            return masked(verdict, secrets)
        if not answer.sid:
            return masked(Verdict(Outcome.AMBIGUOUS, f"HTTP {reply.status} without a message's sid"), secrets)
        return Verdict(Outcome.ACCEPTED, answer.status, receipt=answer.sid)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What Twilio says: of the message it made, or of what is wrong."""

    sid: str = ""
    status: str = ""
    code: int | None = None
    words: str = ""


def open_twilio(site: Site, parts: Mapping[str, Any]) -> SmsSender:
    """Open an address; Refusal when it does not say one account, one number and one recipient."""
    take_parts(SERVICE, parts, takes=PARTS, parameters=PARAMETERS)
    said: Mapping[str, str] = parts.get("qsd") or {}
    sid, token = read_text(parts, "user") or "", read_text(parts, "password") or ""
    if not SID.fullmatch(sid) or not TOKEN.fullmatch(token):
        raise Refusal(
            "channel {scheme}://…: begins with the account's SID and its token, as in twilio://AC…:TOKEN@…",
            scheme=SERVICE,
        )
    there = [unquote(one) for one in str(parts.get("fullpath") or "").split("/") if one]
    there += [said["to"]] if said.get("to") else []
    if len(there) != 1:
        raise Refusal("channel {scheme}://…: one recipient, please, after the sender's number", scheme=SERVICE)
    written = said.get("from") or str(parts["host"])
    sender = written if SHORT_CODE.fullmatch(written) else read_number(SERVICE, "the sender", written)
    recipient = read_number(SERVICE, "the recipient", there[0])
    gateway = TwilioGateway(site.endpoint(SERVICE, ORIGIN), sid, token, sender, recipient)
    return SmsSender(gateway, site.networks)


def _on_code(answer: _Answer, reply: Reply) -> Verdict | None:
    """Judge an answer that carries a code of Twilio's; None where it has none, or one that says no more than HTTP."""
    words = f"HTTP {reply.status} {answer.code} {answer.words}".rstrip()
    if answer.code in OF_THE_ACCOUNT:
        return account_refused(words)
    if answer.code in DEAD:
        return Verdict(Outcome.PERMANENT, words, is_channel_dead=True)
    if answer.code in THROTTLING:
        return Verdict(Outcome.THROTTLED, words, retry_after=reply.retry_after)
    if answer.code in TEMPORARY:
        return Verdict(Outcome.TEMPORARY, words)
    return Verdict(Outcome.PERMANENT, words) if answer.status in UNDONE else None


def _read(reply: Reply) -> _Answer:
    try:
        facts = json.loads(reply.body)
    except ValueError:
        return _Answer()
    if not isinstance(facts, dict):
        return _Answer()
    # A message made bears error_code, a refusal code; `status` is a word in the one and HTTP's number in the other.
    code = facts.get("error_code") or facts.get("code")
    return _Answer(
        sid=str(facts.get("sid") or ""),
        status=str(facts.get("status") or ""),
        code=code if isinstance(code, int) else None,
        words=" ".join(str(facts.get("error_message") or facts.get("message") or "").split()),
    )

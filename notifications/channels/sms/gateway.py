"""Short messages to phones, through a gateway that is asked over HTTP; what is a gateway's own stays in its driver."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from config.errors import Refusal
from notifications.channels.message import Message, Verdict
from notifications.channels.site import Network
from notifications.channels.wire.http import Reply, post

NUMBER = re.compile(r"\+?[1-9]\d{7,14}", re.ASCII)
"""A number with its country's code (E.164), the plus sign left out as some do."""

DECORATION = re.compile(r"[\s().-]")


@dataclass(frozen=True, slots=True)
class Request:
    """What a gateway is asked by: a POST."""

    url: str
    content: bytes
    headers: Mapping[str, str]


class Gateway(Protocol):
    """The driver of one gateway: how a message is handed to it, and what its answer means."""

    @property
    def service(self) -> str:
        """The scheme of its addresses."""

    @property
    def account(self) -> str:
        """What the gateway counts as one sender."""

    def request(self, message: Message) -> Request:
        """Write the request that hands over a message."""

    def verdict(self, reply: Reply) -> Verdict:
        """Judge the answer to it, with no secret in the words."""


@dataclass(frozen=True, slots=True)
class SmsSender:
    """Short messages to one phone; no gateway knows a repeat, so what is in doubt waits for a person."""

    gateway: Gateway
    networks: tuple[Network, ...]

    @property
    def service(self) -> str:
        """The gateway's name."""
        return self.gateway.service

    @property
    def account(self) -> str:
        """The gateway's sender."""
        return self.gateway.account

    def send(self, message: Message) -> Verdict:
        """Hand the text to the gateway; a short message has no subject."""
        request = self.gateway.request(message)
        reply = post(request.url, request.content, request.headers, self.networks)
        return reply if isinstance(reply, Verdict) else self.gateway.verdict(reply)


def read_number(scheme: str, whose: str, written: str) -> str:
    """Read a phone number, with its country's code; decoration is dropped."""
    number = DECORATION.sub("", written)
    if not NUMBER.fullmatch(number):
        raise Refusal(
            "channel {scheme}://…: {whose} is no phone number with its country's code, such as +8613…",
            scheme=scheme,
            whose=whose,
        )
    return f"+{number.lstrip('+')}"

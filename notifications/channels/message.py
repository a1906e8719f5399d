"""The seam of every channel: a message goes in, a verdict comes out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from config.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was rendered and stored; sent again, it is the same to the last byte.

    `key` is the same for every try, so that a service can tell a repeat from a new message. `dated` is
    the instant the message bears: the opening of the send window that it goes out in.
    """

    key: str
    to: str
    subject: str
    body: str
    dated: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one try: the outcome, the provider's words, its id of the message, and when to come back."""

    outcome: Outcome
    detail: str
    receipt: str | None = None
    retry_after: timedelta | None = None


class Sender(Protocol):
    """One channel, open for sending; may be used by several threads when it is repeatable."""

    @property
    def service(self) -> str:
        """The service's name: the scheme of its address."""

    def send(self, message: Message) -> Verdict:
        """Hand one message to the service.

        Everything that can go wrong on the way is an outcome; an exception means that nobody knows.
        """

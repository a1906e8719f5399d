"""The seam of every channel: a message goes in, a verdict comes out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from config.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was rendered and stored; sent again, it is the same to the last byte.

    `key` is the same for every try, so that a service can tell a repeat from a new message. `body` is
    written in the service's own dialect, `html` stands beside it where the dialect is mail. `dated` is
    the instant the message bears: the opening of the send window that it goes out in. `sent_at` is no part
    of the stored text: it is the instant of this very try, for services that want it signed.
    """

    key: str
    to: str
    subject: str
    body: str
    dated: datetime
    html: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one try: the outcome, the provider's words, its id of the message, and when to come back.

    `is_channel_dead` is said of a permanent refusal that would meet every other message too: an unknown
    recipient, a key that was withdrawn. `is_account_down` is said where the provider cannot be reached or
    does not answer, so that the next message through the same account would fare no better.
    """

    outcome: Outcome
    detail: str
    receipt: str | None = None
    retry_after: timedelta | None = None
    is_channel_dead: bool = False
    is_account_down: bool = False

    def reworded(self, reword: Callable[[str], str]) -> "Verdict":
        """Return the same verdict with the provider's words and its id put otherwise."""
        detail = reword(self.detail)
        receipt = None if self.receipt is None else reword(self.receipt)
        if (detail, receipt) == (self.detail, self.receipt):
            return self
        return replace(self, detail=detail, receipt=receipt)


def account_refused(words: str) -> Verdict:
    """Say that the sender's own account is refused: a password that was changed, a certificate gone.

    By its provider, or by us, where this worker may not reach its host: one without the operator's setting,
    or a name server that lies today. Nothing is wrong with any channel that goes through it, and hundreds
    may: they wait, the account rests, and it works again when somebody has put it right. It is left alone
    for a minute at least: hundreds of tries in a row get an account locked.
    """
    return Verdict(Outcome.TEMPORARY, words, retry_after=timedelta(minutes=1), is_account_down=True)


class Sender(Protocol):
    """One channel, open for sending; may be used by several threads."""

    @property
    def service(self) -> str:
        """The service's name: the scheme of its address."""

    @property
    def account(self) -> str | None:
        """What the provider counts and throttles as one sender; None where nothing is counted.

        Channels of one account share its rate and its pauses. It may hold secrets: keep it sealed, or as
        a keyed digest.
        """

    def send(self, message: Message) -> Verdict:
        """Hand one message to the service.

        Everything that can go wrong on the way is an outcome; an exception means that nobody knows.
        """


@runtime_checkable
class Reaching(Protocol):
    """A sender that connects to a host of the user's own choice."""

    def check(self) -> None:
        """Raise Refusal when the host can be seen now to be one that may not be reached.

        Asks a name server at most, and connects to nobody. What passes is checked again whenever it is
        connected to.
        """

"""What a mail server's answer means: its code (RFC 5321, 4.2), the finer one (RFC 3463), and what it was asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from config.vocabulary import Outcome
from notifications.channels.message import Verdict, account_refused

PERMANENT = range(500, 600)
GOODBYE, NO_SUCH_MAILBOX, NOT_LOCAL, TOO_LARGE, BAD_MAILBOX = 421, 550, 551, 552, 553

FINER = re.compile(r"(?P<status>[245]\.\d{1,3}\.\d{1,3})\b")
RATE = re.compile(r"\btoo (?:many|much|fast)\b|\brate\b|\bthrottl|\bfrequen", re.IGNORECASE)
RATE_FOR_GOOD = re.compile(r"\brate limit|\bfrequency limited", re.IGNORECASE)
"""What some providers say with a code that means never, and mean later."""

RECEIPT = re.compile(
    r"\bqueued as (?P<queued>[^\s;,]*\w)|\bid=(?P<id>[^\s;,]*\w)|(?P<accepted>\w+) Message accepted", re.IGNORECASE
)
"""How Postfix, Exim and Sendmail name what they have queued."""


class Step(StrEnum):
    """What the server was asked."""

    GREETING = "greeting"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


OF_THE_ACCOUNT = frozenset({Step.GREETING, Step.LOGIN, Step.SENDER})
"""What is asked before any recipient is named: a refusal there is of the sender, whoever it writes to."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer, in one line."""

    code: int
    words: str

    @classmethod
    def of(cls, code: int, words: bytes | str) -> "Reply":
        """Read an answer as smtplib hands it over."""
        text = words.decode(errors="replace") if isinstance(words, bytes) else words
        return cls(code, " ".join(text.split()))

    @property
    def status(self) -> str:
        """The finer code, such as 5.1.1; empty when the server says none."""
        found = FINER.match(self.words)
        return found["status"] if found else ""

    def __str__(self) -> str:
        return f"{self.code} {self.words}".rstrip()


def accepted(reply: Reply) -> Verdict:
    """Judge the answer by which the server took the mail; the receipt is the name that it has in its queue."""
    found = RECEIPT.search(reply.words)
    return Verdict(Outcome.ACCEPTED, str(reply), receipt=found[found.lastgroup or 0] if found else None)


def refused(step: Step, reply: Reply) -> Verdict:
    """Judge an answer by which the server did not do what it was asked; it has no mail of ours then."""
    if reply.code not in PERMANENT:
        outcome = Outcome.THROTTLED if RATE.search(reply.words) else Outcome.TEMPORARY
        return Verdict(outcome, str(reply))
    if RATE_FOR_GOOD.search(reply.words):
        return Verdict(Outcome.THROTTLED, str(reply))
    if step in OF_THE_ACCOUNT and reply.code != TOO_LARGE:
        return account_refused(str(reply))
    return Verdict(Outcome.PERMANENT, str(reply), is_channel_dead=_is_dead(step, reply))


def _is_dead(step: Step, reply: Reply) -> bool:
    """Tell whether the refusal would meet every other mail on this way too."""
    match step:
        case Step.RECIPIENT:
            # 5.2.2 is a full mailbox, 5.3 the server's own trouble, 5.7 what it thinks of us today.
            passing = reply.status == "5.2.2" or reply.status.startswith(("5.3.", "5.7."))
            unknown = reply.code in (NO_SUCH_MAILBOX, NOT_LOCAL, BAD_MAILBOX)
            return reply.status.startswith("5.1.") or (unknown and not passing)
        case Step.CONTENT:
            return reply.status.startswith("5.1.")
        case _:
            return False

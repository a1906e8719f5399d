"""Compose a mail: the same message on the same way gives the same bytes, so that a repeat is known for one.

By hand, not with email.message: in the headers that are ASCII anyway its folding puts encoded words where
no client looks for them (an address in List-Unsubscribe), what it folds how differs between versions of
Python, and it takes thirty times as long.
"""

from base64 import encodebytes
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote

from notifications.channels.mail.address import MailRoute
from notifications.channels.mail.headers import encoded
from notifications.channels.message import Message

NEWLINE = "\r\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it goes over the wire (RFC 5322), all of it ASCII, and what stands on its envelope."""

    sender: str
    recipient: str
    content: bytes


def compose(message: Message, route: MailRoute) -> Letter:
    """Compose a message for its recipient: text, and HTML beside it where there is some."""
    print_ = _fingerprint(message, route.recipient)
    head = (*_head(message, route, print_), *_body(message, print_))
    return Letter(route.sender, route.recipient, NEWLINE.join((*head, "")).encode("ascii"))


def _head(message: Message, route: MailRoute, print_: str) -> Iterable[str]:
    domain = route.sender.rpartition("@")[2]
    return (
        *_mailbox("From", route.name, route.sender),
        *_mailbox("To", message.to, route.recipient),
        f"Subject: {encoded('Subject', message.subject, NEWLINE)}",
        f"Date: {format_datetime(message.dated)}",
        f"Message-ID: <{quote(message.key, safe='')}.{print_}@{domain}>",
        # RFC 2369: whoever gets mail from a program can ask a person to stop it.
        f"List-Unsubscribe: <mailto:{quote(route.sender, safe='@')}?subject=unsubscribe>",
        # RFC 3834: no out-of-office answers, please.
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    )


def _mailbox(header: str, name: str, address: str) -> Iterable[str]:
    """Write a name and an address; on a line of its own, the address stays whole however long it is."""
    words = encoded(header, name, NEWLINE)
    return (f"{header}: {words}", f" <{address}>") if words else (f"{header}: <{address}>",)


def _body(message: Message, print_: str) -> Iterable[str]:
    if message.html is None:
        return _part("plain", message.body)
    # Neither base64 nor our headers hold an underscore: no line of a part is taken for the boundary.
    boundary = f"=_{print_}"
    return (
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
        "",
        f"--{boundary}",
        *_part("plain", message.body),
        f"--{boundary}",
        *_part("html", message.html),
        f"--{boundary}--",
    )


def _part(subtype: str, text: str) -> Iterable[str]:
    """Write a part in base64: no server changes it, no line of it is too long or begins with a dot."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", NEWLINE)
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"',
        "Content-Transfer-Encoding: base64",
        "",
        *encodebytes(lines.encode()).decode("ascii").splitlines(),
    )


def _fingerprint(message: Message, recipient: str) -> str:
    """Tell this message from all others of its key: a database begun anew counts its keys from one again."""
    words = "\0".join((message.key, recipient, message.subject, message.body))
    return sha256(words.encode()).hexdigest()[:16]

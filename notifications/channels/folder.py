"""`folder://PERSON`: every message a file that a mail client opens, for demos, tests and closed networks."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from config.errors import Refusal
from config.vocabulary import Outcome
from notifications.channels.mail.headers import encoded
from notifications.channels.message import Message, Verdict
from notifications.channels.parts import take_host_only
from notifications.channels.site import Site

# Letters and digits of any script first: neither a hidden folder nor a way out of the one we write to.
PERSON = re.compile(r"\w[\w.·-]{0,79}")
DOMAIN = "rollcall.invalid"


@dataclass(frozen=True, slots=True)
class FolderSender:
    """Write each message to `<home>/messages/PERSON/<key>.eml`; a repeat leaves one file."""

    home: Path
    person: str
    service: str = "folder"
    account: None = None

    def send(self, message: Message) -> Verdict:
        """Write the file so that it is whole and on the disk, or not there at all."""
        file = self.home / "messages" / self.person / f"{message.key}.eml"
        try:
            _write(file, mail_of(message, self.person).encode())
        except OSError as error:
            return Verdict(Outcome.TEMPORARY, f"cannot write {file}: {error.strerror}")
        return Verdict(Outcome.ACCEPTED, "written", receipt=str(file.relative_to(self.home)))


def open_folder(site: Site, parts: Mapping[str, Any]) -> FolderSender:
    """Open the folder of a person; Refusal when the address is anything but a person's name."""
    take_host_only("folder", parts)
    person = normalize("NFC", str(parts["host"]))
    if not PERSON.fullmatch(person):
        raise Refusal("channel folder://…: a person's name, please, such as folder://zhang-san")
    return FolderSender(site.home, person)


def mail_of(message: Message, person: str) -> str:
    """Compose the file: RFC 5322 headers, other scripts in them as encoded words, and the text as it is."""
    lines = (
        f"From: Rollcall <rollcall@{DOMAIN}>",
        f"To: {encoded('To', message.to)}",
        f" <{_local_part(person)}@{DOMAIN}>",
        f"Subject: {encoded('Subject', message.subject)}",
        f"Date: {format_datetime(message.dated)}",
        f"Message-ID: <{message.key}@{DOMAIN}>",
        "MIME-Version: 1.0",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: 8bit",
        "",
        message.body,
    )
    return "\n".join(lines)


def _local_part(person: str) -> str:
    return person if person.isascii() else "person"


def _write(file: Path, content: bytes) -> None:
    """Replace the file as a whole: a reader, or a repeat after a crash, never finds half of it."""
    begun = file.with_name(f".{file.name}.part")
    if not file.parent.is_dir():
        file.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.parent.mkdir(mode=0o700, exist_ok=True)
    with begun.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    begun.replace(file)

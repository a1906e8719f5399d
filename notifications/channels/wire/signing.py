"""The key that group robots are signed with, and the instant that a signature is of."""

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from hmac import digest

from notifications.channels.message import Message


def sign(key: str, words: str) -> str:
    """Return the HMAC-SHA256 of some words under a key (RFC 2104), as base64."""
    return b64encode(digest(key.encode(), words.encode(), sha256)).decode()


def instant_of(message: Message) -> datetime:
    """Return the instant of a try; ValueError where nobody said it, before anything has left."""
    if message.sent_at is None:
        raise ValueError("a message that is signed needs the instant of its try")
    return message.sent_at

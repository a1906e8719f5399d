"""Keep secrets out of what providers say: some repeat what they were sent."""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from notifications.channels.message import Verdict

MASK = "…"


def conceal(words: str, secrets: Iterable[str]) -> str:
    """Take secrets out of words: as they are, as addresses spell them, and in base64, as logins do."""
    spellings = {
        form for secret in secrets for form in (secret, quote(secret, safe=""), b64encode(secret.encode()).decode())
    }
    for form in sorted(filter(None, spellings), key=len, reverse=True):
        words = re.sub(re.escape(form), MASK, words, flags=re.IGNORECASE)
    return words


def masked(verdict: Verdict, secrets: Iterable[str]) -> Verdict:
    """Take secrets out of the words of a verdict."""
    detail = conceal(verdict.detail, secrets)
    return verdict if detail == verdict.detail else replace(verdict, detail=detail)

"""Keep secrets out of what providers say: some repeat what they were sent."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace

from notifications.channels.message import Verdict

MASK = "…"


def masked(verdict: Verdict, secrets: Iterable[str | None]) -> Verdict:
    """Take secrets out of a verdict's words, as they are and in base64; None stands for one there is not."""
    detail = verdict.detail
    for secret in secrets:
        if secret:
            for form in (secret, b64encode(secret.encode()).decode()):
                detail = detail.replace(form, MASK)
    return verdict if detail == verdict.detail else replace(verdict, detail=detail)

"""Links in messages: signed, for one officer or one of the officer's branches, and good until a day."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from itsdangerous import BadData, URLSafeSerializer

from config.errors import Lapsed, Unknown

LASTS = timedelta(days=30)
"""How long a link is good, from the opening of the send window that its message goes out in."""

PATH = "/l/"
"""Where the pages take links; what follows is the token."""

HIDDEN = "…"
"""What stands in the place of a token that is not for the reader."""

_LINK = re.compile(rf"({PATH})[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class LinkClaim:
    """What a link says: it was signed for an officer, by code, and shows all that is theirs, or one branch.

    It is revoked when `epoch` is no longer the officer's `link_epoch`: whoever opens it compares them.
    `expires_at` is an instant of whole seconds.
    """

    officer: str
    epoch: int
    expires_at: datetime
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pages of an installation are reached, and what its links are signed with."""

    url: str
    secret: bytes = field(repr=False)

    def link_to(self, officer: str, epoch: int, since: datetime, branch: str | None = None) -> str:
        """Compose the link that a message of an officer bears; for the same instant it is the same link."""
        return f"{self.url}{PATH}{sign_link(self.secret, LinkClaim(officer, epoch, since + LASTS, branch))}"


def sign_link(secret: bytes, claim: LinkClaim) -> str:
    """Return the token of a claim, which an address can bear as it is; the same every time."""
    said = [claim.officer, claim.branch, claim.epoch, int(claim.expires_at.timestamp())]
    return str(_signer(secret).dumps(said))


def read_link(secret: bytes, token: str) -> LinkClaim:
    """Return what a token claims, expired or not; Unknown when it was not signed with this secret."""
    try:
        officer, branch, epoch, expires = _signer(secret).loads(token)
        return LinkClaim(str(officer), int(epoch), datetime.fromtimestamp(expires, UTC), branch)
    except (BadData, ValueError, TypeError, OverflowError):
        raise Unknown("link: not one of ours, or not all of it; open the one in your latest message") from None


def check_expiry(claim: LinkClaim, now: datetime, zone: tzinfo) -> None:
    """Raise Lapsed from the expiry on, which is told in the reader's zone."""
    if claim.expires_at <= now:
        raise Lapsed(
            "link: expired on {day}; your next message brings a new one", day=claim.expires_at.astimezone(zone).date()
        )


def hide_links(text: str) -> str:
    """Take the tokens out of a text: whoever reads what others were told must not act in their name."""
    return _LINK.sub(rf"\1{HIDDEN}", text)


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret, salt="link", signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )

"""Addresses of calendar feeds: a calendar program cannot log in, so the address is the key, until it is revoked."""

import hashlib
from dataclasses import astuple, dataclass

from itsdangerous import BadData, URLSafeSerializer

from config.errors import Unknown

PATH = "/feeds/"
"""Where the pages take feeds; what follows is the token."""
SUFFIX = ".ics"
"""What the address ends with: some programs ask for it before they ask the server."""
PURPOSE = "feeds"
"""What the key is derived for; links open nothing here, and feeds no page."""


@dataclass(frozen=True, slots=True)
class OfficerFeed:
    """The deadlines of an officer, by code; revoked when `epoch` is no longer the officer's `link_epoch`."""

    officer: str
    epoch: int


@dataclass(frozen=True, slots=True)
class CampaignFeed:
    """The windows of a campaign as a user sees them; revoked when `epoch` is no longer the user's `link_epoch`."""

    campaign: str
    user_id: int
    epoch: int


Feed = OfficerFeed | CampaignFeed


def feed_path(secret: bytes, feed: Feed) -> str:
    """Return the path of a feed; the same every time."""
    return f"{PATH}{_signer(secret).dumps(astuple(feed))!s}{SUFFIX}"


def open_feed(secret: bytes, token: str) -> Feed:
    """Return what the token of an address stands for; Unknown when it was not signed with this secret."""
    try:
        match _signer(secret).loads(token):
            case [str(officer), int(epoch)]:
                return OfficerFeed(officer, epoch)
            case [str(campaign), int(user_id), int(epoch)]:
                return CampaignFeed(campaign, user_id, epoch)
    except BadData:
        pass
    raise Unknown("feed: not one of ours, or not all of its address; copy it again")


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret, salt="feed", signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )

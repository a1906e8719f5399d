"""Take from a photo what cameras write beside the picture, by its kind."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import IO

from actions.evidence.photos.heic import bare_heic
from actions.evidence.photos.jpeg import bare_jpeg
from actions.evidence.photos.png import bare_png
from actions.evidence.photos.webp import bare_webp

_BARE: Mapping[str, Callable[[bytes], bytes]] = {
    "image/heic": bare_heic,
    "image/jpeg": bare_jpeg,
    "image/png": bare_png,
    "image/webp": bare_webp,
}


def bare_photo(content: IO[bytes], kind: str) -> IO[bytes]:
    """Return a photo without where, when and with what it was taken; any other file as it is. Raises Damaged."""
    if kind not in _BARE:
        return content
    return BytesIO(_BARE[kind](content.read()))

"""The stylesheet and the scripts: served under names with digests, so that a browser keeps them for good."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
PREFIX = "/static/"

_MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served: `address` changes with its content."""

    address: str
    media_type: str
    content: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """Return the files by their own names (`rollcall.css`), read once."""
    return {file.name: _read(file) for file in sorted(STATIC.iterdir()) if file.suffix in _MEDIA_TYPES}


def address_of(name: str) -> str:
    """Return where a file is found now."""
    return assets()[name].address


def _read(file: Path) -> Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return Asset(f"{PREFIX}{file.stem}.{digest}{file.suffix}", _MEDIA_TYPES[file.suffix], content)

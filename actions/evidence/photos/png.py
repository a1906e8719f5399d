"""PNG (ISO 15948): chunks, each with a name and a checksum."""

import zlib
from struct import error, pack, unpack_from

from actions.evidence.photos.damage import Damaged
from actions.evidence.photos.turn import UPRIGHT, read_turn, write_turn

_SIGNATURE = 8
_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split(),
)
"""Chunks of the picture; texts, times and what no standard names fall."""


def bare_png(photo: bytes) -> bytes:
    """Return a PNG with its picture, its colours and its orientation alone; raises Damaged."""
    kept, turn, at, name = [photo[:_SIGNATURE]], UPRIGHT, _SIGNATURE, b""
    try:
        while name != b"IEND":
            length, name = unpack_from(">L4s", photo, at)
            end = at + length + 12
            if end > len(photo):
                raise Damaged
            if name == b"eXIf":
                turn = read_turn(photo[at + 8 : end - 4])
            if name in _KEPT:
                kept.append(photo[at:end])
            at = end
    except error:
        raise Damaged from None
    if turn != UPRIGHT:
        kept.insert(2, _chunk(b"eXIf", write_turn(turn)))
    return b"".join(kept)


def _chunk(name: bytes, content: bytes) -> bytes:
    return pack(">L", len(content)) + name + content + pack(">L", zlib.crc32(name + content))

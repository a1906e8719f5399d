"""WebP (RFC 9649): chunks in a RIFF file, with flags of what there is."""

from struct import error, pack, unpack_from

from actions.evidence.photos.damage import Damaged
from actions.evidence.photos.turn import UPRIGHT, read_turn, write_turn

_HEAD = 12
_KEPT = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def bare_webp(photo: bytes) -> bytes:
    """Return a WebP with its picture, its colours and its orientation alone; raises Damaged."""
    kept, turn, at = [], UPRIGHT, _HEAD
    try:
        while at < len(photo):
            name, length = unpack_from("<4sL", photo, at)
            content = photo[at + 8 : at + 8 + length]
            if len(content) < length:
                raise Damaged
            if name == b"EXIF":
                turn = read_turn(content.removeprefix(b"Exif\0\0"))
            if name in _KEPT:
                kept.append((name, content))
            at += 8 + length + length % 2
    except error:
        raise Damaged from None
    if turn != UPRIGHT:
        kept.append((b"EXIF", write_turn(turn)))
    chunks = b"".join(_chunk(name, _flagged(content, turn) if name == b"VP8X" else content) for name, content in kept)
    return b"RIFF" + pack("<L", len(chunks) + 4) + b"WEBP" + chunks


def _flagged(content: bytes, turn: int) -> bytes:
    flags = content[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if turn != UPRIGHT else 0)
    return bytes((flags,)) + content[1:]


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + pack("<L", len(content)) + content + bytes(len(content) % 2)

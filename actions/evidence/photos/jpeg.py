"""JPEG (ITU T.81): segments behind markers; applications write what they like into those of their own."""

import re
from struct import error, pack, unpack_from

from actions.evidence.photos.damage import Damaged
from actions.evidence.photos.turn import UPRIGHT, read_turn, write_turn

_START = b"\xff\xd8"
_MARK = 0xFF
_LENGTH = 2
"""Bytes of a segment that say how long it is, themselves included."""
_END, _SCAN, _COMMENT = 0xD9, 0xDA, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_JFIF, _EXIF, _PROFILE, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker that ends a scan: within it 0xFF is followed by zero, a restart or a fill byte."""


def bare_jpeg(photo: bytes) -> bytes:
    """Return a JPEG with its picture, its colours and its orientation alone; raises Damaged.

    No pixel is computed anew. What follows the end of the picture, such as a preview with places of its own, falls.
    """
    kept, turn, at = [], UPRIGHT, len(_START)
    try:
        while at < len(photo):
            marker, body = _marker(photo, at)
            if marker == _END:
                break
            (length,) = unpack_from(">H", photo, body)
            at = body + length
            if length < _LENGTH or at > len(photo):
                raise Damaged
            segment = photo[body + _LENGTH : at]
            if marker == _EXIF and segment.startswith(b"Exif\0\0"):
                turn = read_turn(segment[6:])
            if _is_of_the_picture(marker, segment):
                kept.append(_segment(marker, segment))
            if marker == _SCAN:
                found = _AFTER_SCAN.search(photo, at)
                end = found.start() if found else len(photo)
                kept.append(photo[at:end])
                at = end
    except (error, IndexError):
        raise Damaged from None
    if turn != UPRIGHT:
        is_first = bool(kept) and kept[0][1] == _JFIF
        kept.insert(int(is_first), _segment(_EXIF, b"Exif\0\0" + write_turn(turn)))
    return b"".join((_START, *kept, bytes((_MARK, _END))))


def _marker(photo: bytes, at: int) -> tuple[int, int]:
    """Return the marker that stands there, behind any fill bytes, and where its segment begins."""
    if photo[at] != _MARK:
        raise Damaged
    while photo[at] == _MARK:
        at += 1
    return photo[at], at + 1


def _segment(marker: int, segment: bytes) -> bytes:
    return bytes((_MARK, marker)) + pack(">H", len(segment) + _LENGTH) + segment


def _is_of_the_picture(marker: int, segment: bytes) -> bool:
    if marker == _PROFILE:
        return segment.startswith(b"ICC_PROFILE\0")
    if marker in _APPLICATIONS:
        return marker in (_JFIF, _ADOBE)
    return marker != _COMMENT

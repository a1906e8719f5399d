"""HEIC (ISO 23008-12): items in boxes; the picture says its orientation itself, outside Exif."""

from collections.abc import Iterator
from struct import error, pack, unpack_from

from actions.evidence.photos.damage import Damaged

_EXIF, _XMP = b"Exif", b"mime"
"""The kinds of items that tell about the picture."""
_NOTHING_SAID = bytes(4) + b"MM\0*" + pack(">LHL", 8, 0, 0)
"""A block of Exif without an entry, behind the four bytes that say where it begins."""
_IN_FILE, _IN_META = 0, 1
_WITH_KINDS, _WIDE = 2, 3
"""Versions of the box of an item: from the first on it says its kind, from the second its number is long."""
_LONG_NUMBERS = 2
"""The version of the box of places from which on numbers of items are long."""


def bare_heic(photo: bytes) -> bytes:
    """Return a HEIC in which what its items tell about the picture is overwritten; raises Damaged.

    No byte moves, for the boxes say where in the file each item lies.
    """
    bare = bytearray(photo)
    try:
        for kind, start, end in _spans_to_blank(photo):
            if end > len(photo):
                raise Damaged
            bare[start:end] = _blank(kind, end - start)
    except error:
        raise Damaged from None
    return bytes(bare)


def _blank(kind: bytes, length: int) -> bytes:
    if kind == _XMP:
        return b" " * length
    return _NOTHING_SAID.ljust(length, b"\0") if length >= len(_NOTHING_SAID) else bytes(length)


def _spans_to_blank(photo: bytes) -> Iterator[tuple[bytes, int, int]]:
    meta = _only(dict(_boxes(photo, 0, len(photo))), b"meta")
    inside = dict(_boxes(photo, meta[0] + 4, meta[1]))
    traces = dict(_traces(photo, *_only(inside, b"iinf")))
    within = {_IN_FILE: 0, _IN_META: inside.get(b"idat", (0, 0))[0]}
    for item, method, offset, length in _extents(photo, _only(inside, b"iloc")[0]):
        if item in traces:
            if method not in within:
                raise Damaged
            start = within[method] + offset
            yield traces[item], start, start + length


def _only(boxes: dict[bytes, tuple[int, int]], name: bytes) -> tuple[int, int]:
    if name not in boxes:
        raise Damaged
    return boxes[name]


def _boxes(photo: bytes, start: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Yield the name of each box, and where its content begins and ends."""
    while start + 8 <= end:
        size, name = unpack_from(">L4s", photo, start)
        head = 8
        if size == 1:
            (size,), head = unpack_from(">Q", photo, start + 8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise Damaged
        yield name, (start + head, start + size)
        start += size


def _traces(photo: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the items that tell about the picture, by number and kind."""
    first = start + (6 if photo[start] == 0 else 8)
    for name, (at, _) in _boxes(photo, first, end):
        if name == b"infe" and photo[at] >= _WITH_KINDS:
            item, _, kind = unpack_from(">LH4s" if photo[at] >= _WIDE else ">HH4s", photo, at + 4)
            if kind in (_EXIF, _XMP):
                yield item, kind


def _extents(photo: bytes, at: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield where the parts of each item lie: its number, in what, from where, and how long."""
    version, sizes = photo[at], [part for byte in photo[at + 4 : at + 6] for part in (byte >> 4, byte & 15)]
    of_offset, of_length, of_base, of_index = sizes
    reader = _Reader(photo, at + 6)
    wide = 4 if version >= _LONG_NUMBERS else 2
    for _ in range(reader.number(wide)):
        item = reader.number(wide)
        method = reader.number(2) & 15 if version else _IN_FILE
        reader.number(2)
        base = reader.number(of_base)
        for _ in range(reader.number(2)):
            if version:
                reader.number(of_index)
            offset = reader.number(of_offset)
            yield item, method, base + offset, reader.number(of_length)


class _Reader:
    """Numbers of given widths in bytes, one after another."""

    def __init__(self, photo: bytes, at: int) -> None:
        self._photo, self._at = photo, at

    def number(self, width: int) -> int:
        """Read the next one; Damaged behind the end."""
        found = self._photo[self._at : self._at + width]
        if len(found) < width:
            raise Damaged
        self._at += width
        return int.from_bytes(found, "big")

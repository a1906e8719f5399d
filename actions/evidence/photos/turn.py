"""How a photo is to be turned: the one thing in Exif that its picture needs."""

from struct import error, pack, unpack_from

UPRIGHT = 1
_TAG, _SHORT = 0x0112, 3
_TURNS = range(1, 9)
_ORDERS = {b"II": "<", b"MM": ">"}


def read_turn(exif: bytes) -> int:
    """Return the orientation in a block of Exif, from 1 to 8; upright where it says none, or cannot be read."""
    order = _ORDERS.get(exif[:2])
    if order is None:
        return UPRIGHT
    try:
        (start,) = unpack_from(f"{order}L", exif, 4)
        (count,) = unpack_from(f"{order}H", exif, start)
        for number in range(count):
            tag, kind, _, value = unpack_from(f"{order}HHLH", exif, start + 2 + 12 * number)
            if (tag, kind) == (_TAG, _SHORT) and value in _TURNS:
                return int(value)
    except error:
        pass
    return UPRIGHT


def write_turn(turn: int) -> bytes:
    """Compose a block of Exif that says the orientation, and nothing else."""
    return b"MM\0*" + pack(">LHHHLHHL", 8, 1, _TAG, _SHORT, 1, turn, 0, 0)

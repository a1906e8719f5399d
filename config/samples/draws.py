"""Draws that follow from a key alone: the same on every machine and version, in whatever order they are made."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Option = TypeVar("Option")

_RANGE = 1 << 64


def draw(*key: str | int) -> float:
    """Return a number from 0 up to 1, evenly spread over keys."""
    text = "\x1f".join(map(str, key)).encode()
    # The product of two floats below 1 may round up to 1; whole numbers of 53 bits do not.
    return (int.from_bytes(blake2b(text, digest_size=8).digest(), "big") >> 11) / (_RANGE >> 11)


def pick(options: Sequence[Option], *key: str | int) -> Option:
    """Return one of the options, each as likely as the others."""
    return options[int(draw(*key) * len(options))]

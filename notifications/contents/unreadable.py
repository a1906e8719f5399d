"""What cannot be put into words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A campaign or a notice that cannot be put into words, and why, in one line."""

    reason: str


def say_trouble(error: Exception) -> str:
    """Say in one line what kept a notice from being written."""
    first, *_ = str(error).splitlines() or [""]
    return f"cannot be written: {type(error).__name__}: {first}"

"""Text as it may stand in an office's file."""

import re

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for: a file with one of these is not opened, or only after a repair."""


def fit(text: str) -> str:
    """Leave out what no file of an office can hold."""
    return UNFIT.sub("", text)

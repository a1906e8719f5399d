"""The names of files, as far as they can be kept."""

import re
import unicodedata

LONGEST = 100

# What means something in a path, in a header or in a shell of some system, and what turns the direction of text.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|;%\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+')


def clean_name(name: str, ending: str) -> str:
    """Return the last part of a path as a name that does no harm, with the ending of what the file is."""
    last = re.split(r"[/\\]", name)[-1]
    stem = unicodedata.normalize("NFC", last)
    if "." in stem:
        stem = stem.rpartition(".")[0]
    stem = re.sub(r"\s+", " ", _UNSAFE.sub("_", stem)).strip(" ._")
    stem = "".join(character for character in stem if character.isprintable())
    return (stem[: LONGEST - len(ending)].rstrip(" .") or "file") + ending

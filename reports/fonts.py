"""The fonts that come with Rollcall, for machines that have none for Chinese: Noto, under the SIL Open Font License."""

from pathlib import Path

import pylopdf_fonts_zh_cn as noto


def fonts_at_hand() -> Path:
    """Return the folder with both fonts."""
    return noto.serif_path().parent


def serif() -> Path:
    """Return the font that running text is set in."""
    return noto.serif_path()


def sans() -> Path:
    """Return the font that headings are set in."""
    return noto.sans_path()

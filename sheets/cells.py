"""Cells that leave the house: text that stays text, and instants as a clock on the wall shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Spreadsheets in East Asian languages take the full-width signs for the plain ones."""


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula where it opens a file of text."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant as a clock in a zone shows it, without the zone, which no spreadsheet keeps."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)

"""Cells that leave the house: instants as a clock on the wall shows them."""

from datetime import datetime
from zoneinfo import ZoneInfo


def on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant as a clock in a zone shows it, without the zone, which no spreadsheet keeps."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)

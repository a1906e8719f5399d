"""Registry files that somebody looked at on a page, kept until they say that one is to be imported."""

import os
import re
import secrets
import zlib
from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from actions.house import House
from config.errors import Refusal, Stale

FOLDER = "looked-at"
KEPT_FOR = timedelta(days=1)
_NAME = re.compile(r"[0-9a-f]{32}")


def keep_looked_at(house: House, data: bytes, now: datetime) -> str:
    """Keep a file, sealed, for addresses stand in it; return the name that it is taken by.

    Files that were looked at more than a day before are thrown away.
    """
    folder = house.home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.iterdir():
        if datetime.fromtimestamp(old.stat().st_mtime, tz=now.tzinfo) < now - KEPT_FOR:
            old.unlink(missing_ok=True)
    name = secrets.token_hex(16)
    file = folder / name
    file.write_text(house.seal.close(b64encode(zlib.compress(data, 1)).decode()), encoding="ascii")
    os.utime(file, (now.timestamp(), now.timestamp()))  # its age goes by the clock that is handed in
    return name


def take_looked_at(house: House, name: str) -> bytes:
    """Return a file that was kept; it may be taken again. Stale when it is not there any more."""
    file = house.home / FOLDER / name
    try:
        sealed = file.read_text(encoding="ascii") if _NAME.fullmatch(name) else ""
        return zlib.decompress(b64decode(house.seal.open(sealed)))
    except (FileNotFoundError, Refusal):
        raise Stale("the file that you looked at is not there any more; choose it again") from None

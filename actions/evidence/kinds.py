"""What a file is, by what is in it: neither its name nor what a browser says of it is believed."""

import zipfile
from collections.abc import Mapping
from typing import IO

from puremagic import PureError, magic_string

HEAD = 4096

SHOWN: Mapping[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/pdf": ".pdf",
}
"""What a browser may show in the page, with the ending of its names; everything else is only handed over to be kept."""

_WORD, _SHEET, _SLIDES = (
    f"application/vnd.openxmlformats-officedocument.{part}"
    for part in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
_OPEN = "application/vnd.oasis.opendocument."
KINDS: Mapping[str, str] = {
    **SHOWN,
    _WORD: ".docx",
    _SHEET: ".xlsx",
    _SLIDES: ".pptx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    f"{_OPEN}text": ".odt",
    f"{_OPEN}spreadsheet": ".ods",
    f"{_OPEN}presentation": ".odp",
}
"""What is taken, with the ending of its names."""

# The member that makes an Office file of a zip, and the stream that makes one of a compound file (WPS writes them too).
_MEMBERS = {"word/document.xml": _WORD, "xl/workbook.xml": _SHEET, "ppt/presentation.xml": _SLIDES}
_STREAMS = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
_ZIP, _COMPOUND = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"hevc", b"heim")
_AS_WE_SAY = {"image/heif": "image/heic"}
_LONGEST_NAME_OF_KIND = 200


def find_kind(content: IO[bytes]) -> str | None:
    """Return the media type of a file, one of KINDS; None when it is none of these. Its place is the start again."""
    head = content.read(HEAD)
    content.seek(0)
    if head.startswith(_ZIP):
        kind = _kind_of_zip(content)
    elif head.startswith(_COMPOUND):
        kind = _kind_of_compound(content)
    elif head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        kind = "image/heic"
    else:
        kind = _kind_by_signature(head)
    content.seek(0)
    return kind


def _kind_by_signature(head: bytes) -> str | None:
    try:
        kinds = [_AS_WE_SAY.get(match.mime_type, match.mime_type) for match in magic_string(head)]
    except (PureError, ValueError):
        return None
    return kinds[0] if kinds and kinds[0] in SHOWN else None


def _kind_of_zip(content: IO[bytes]) -> str | None:
    """Look at the names in a zip; nothing in it is unpacked but the first bytes of what names an open document."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    said = file.read(_LONGEST_NAME_OF_KIND).decode("ascii", "replace").strip()
                return said if said in KINDS else None
            if "[Content_Types].xml" not in names:
                return None
            return next((kind for member, kind in _MEMBERS.items() if member in names), None)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return None


def _kind_of_compound(content: IO[bytes]) -> str | None:
    streams = {name.encode("utf-16-le"): kind for name, kind in _STREAMS.items()}
    before = b""
    while chunk := content.read(1024 * 1024):
        seen = before + chunk
        for name, kind in streams.items():
            if name in seen:
                return kind
        before = chunk[-64:]
    return None

"""Files as people hand them in: the smallest that are what they say."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(64) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(32)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(32)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(32)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip with these members."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def office(main: str) -> bytes:
    """An Office file of today, by its main part."""
    return zipped({"[Content_Types].xml": b"<Types/>", main: b"<x/>"})


def open_document(kind: str) -> bytes:
    """An open document of a kind."""
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


def compound(stream: str) -> bytes:
    """An Office file of old, which WPS writes as well, by the stream that it has."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000) + stream.encode("utf-16-le") + bytes(1000)

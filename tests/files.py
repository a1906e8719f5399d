"""Files as people hand them in: the smallest that are what they say."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from PIL import Image


def photo(kind: str, **beside: bytes) -> bytes:
    """A photo of two colours, with what is written beside the picture."""
    made = BytesIO()
    picture = Image.new("RGB", (16, 8), "red")
    picture.paste("blue", (8, 0, 16, 8))
    picture.save(made, kind, **beside)  # type: ignore[arg-type]
    return made.getvalue()


def with_brand(photo: bytes) -> bytes:
    """An AVIF under the brand of a HEIC, which is built of the same boxes."""
    return photo.replace(b"ftypavif", b"ftypheic", 1)


JPEG, PNG, WEBP = photo("JPEG"), photo("PNG"), photo("WEBP")
HEIC = with_brand(photo("AVIF"))
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

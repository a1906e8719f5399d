"""Photos are kept without where they were taken, and look as they did."""

import zlib
from collections.abc import Callable
from io import BytesIO
from struct import pack

import pytest
from PIL import Image, ImageOps
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from actions.evidence.photos.damage import Damaged
from actions.evidence.photos.heic import bare_heic
from actions.evidence.photos.jpeg import bare_jpeg
from actions.evidence.photos.png import bare_png
from actions.evidence.photos.webp import bare_webp
from tests import files

Bare = Callable[[bytes], bytes]

MAKER = "Phone 9"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><place>Anguo, Phone 9</place></x:xmpmeta>"
PROFILE = b"colours" * 20
TURNED = 6
"""A quarter to the right: as phones write it when they are held upright."""


def exif(turn: int = TURNED) -> bytes:
    """What a phone writes: a place, a maker, an orientation."""
    made = Image.Exif()
    made[Base.Orientation], made[Base.Make] = turn, MAKER
    made.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (38.0, 25.0, 12.0)})
    return made.tobytes()


def jpeg(turn: int = TURNED) -> bytes:
    return files.photo("JPEG", exif=exif(turn), xmp=XMP, icc_profile=PROFILE, comment=b"Phone 9", progressive=True)


def png(turn: int = TURNED) -> bytes:
    texts = PngInfo()
    texts.add_text("Place", "Anguo, Phone 9")
    return files.photo("PNG", exif=exif(turn), icc_profile=PROFILE, pnginfo=texts)


def webp(turn: int = TURNED) -> bytes:
    return files.photo("WEBP", exif=exif(turn), xmp=XMP, icc_profile=PROFILE, lossless=True)


PHOTOS = pytest.mark.parametrize(
    ("bare", "made"), [(bare_jpeg, jpeg), (bare_png, png), (bare_webp, webp)], ids=["jpeg", "png", "webp"]
)


@PHOTOS
@pytest.mark.parametrize("turn", range(1, 9))
def test_the_picture_its_colours_and_its_turn_stay_and_nothing_else(
    bare: Bare, made: Callable[[int], bytes], turn: int
) -> None:
    before, after = Image.open(BytesIO(made(turn))), Image.open(BytesIO(bare(made(turn))))
    assert before.getexif().get_ifd(IFD.GPSInfo)
    assert ImageOps.exif_transpose(after).tobytes() == ImageOps.exif_transpose(before).tobytes()
    assert after.info["icc_profile"] == PROFILE
    assert dict(after.getexif()) == ({Base.Orientation: turn} if turn != 1 else {})
    assert after.getexif().get_ifd(IFD.GPSInfo) == {}
    assert b"Phone 9" in made(turn)
    assert b"Phone 9" not in bare(made(turn))


@PHOTOS
def test_a_bare_photo_is_bare_already(bare: Bare, made: Callable[[int], bytes]) -> None:
    assert bare(bare(made(TURNED))) == bare(made(TURNED))


def test_what_follows_the_picture_falls() -> None:
    assert bare_jpeg(jpeg() + files.photo("JPEG", exif=exif())) == bare_jpeg(jpeg())


def test_a_photo_of_a_phone_in_boxes_keeps_its_picture_and_no_place() -> None:
    made = files.photo("AVIF", exif=exif(1), xmp=XMP)
    before, after = Image.open(BytesIO(made)), Image.open(BytesIO(bare_heic(made)))
    assert before.getexif().get_ifd(IFD.GPSInfo)
    assert after.tobytes() == before.tobytes()
    assert dict(after.getexif()) == {}
    assert (b"Phone 9" in made, b"Phone 9" in bare_heic(made)) == (True, False)


def chunk(name: bytes, length: int) -> bytes:
    return pack(">L", length) + name + pack(">L", zlib.crc32(name))


@pytest.mark.parametrize(
    ("bare", "photo"),
    [
        pytest.param(bare_jpeg, b"\xff\xd8" + bytes(20), id="no marker"),
        pytest.param(bare_jpeg, b"\xff\xd8\xff\xe1\xff\xff" + bytes(20), id="a segment beyond the end"),
        pytest.param(bare_jpeg, b"\xff\xd8\xff\xe1\x00\x01", id="a segment without a length"),
        pytest.param(bare_jpeg, b"\xff\xd8\xff\xff", id="a marker cut off"),
        pytest.param(bare_png, files.PNG[:8], id="no chunk"),
        pytest.param(bare_png, files.PNG[:8] + chunk(b"IDAT", 2**31), id="a chunk beyond the end"),
        pytest.param(bare_png, files.PNG[:-12], id="no end"),
        pytest.param(bare_webp, files.WEBP[:-9], id="a chunk cut off"),
        pytest.param(bare_webp, files.WEBP[:15], id="a name cut off"),
        pytest.param(bare_heic, files.HEIC[:32], id="no items"),
        pytest.param(bare_heic, files.HEIC[:200], id="items cut off"),
        pytest.param(bare_heic, b"\x00\x00\x00\x00", id="no box"),
    ],
)
def test_a_photo_that_does_not_hold_together_is_none(bare: Bare, photo: bytes) -> None:
    with pytest.raises(Damaged):
        bare(photo)


@pytest.mark.parametrize(
    ("bare", "photo"),
    [(bare_jpeg, jpeg()), (bare_png, png()), (bare_webp, webp()), (bare_heic, files.photo("AVIF", exif=exif(1)))],
    ids=["jpeg", "png", "webp", "heic"],
)
def test_no_photo_spoilt_anywhere_is_more_than_damaged(bare: Bare, photo: bytes) -> None:
    for at in range(len(photo)):
        for spoilt in (photo[:at], photo[:at] + b"\xff" + photo[at + 1 :], photo[:at] + b"\0" + photo[at + 1 :]):
            try:
                bare(spoilt)
            except Damaged:
                continue

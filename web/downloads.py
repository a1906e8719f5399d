"""Files made for whoever asks: written whole before the first byte is sent, so that nobody gets half of one."""

from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import StreamingResponse

from config.vocabulary import FileFormat

MEDIA_TYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.PARQUET: "application/vnd.apache.parquet",
}
_PIECE = 256 * 1024


def download(name: str, written_as: FileFormat, write: Callable[[IO[bytes]], object]) -> Response:
    """Hand out a file to be kept, under a name without its ending; it lies on the disk only while it is sent."""
    return hand_out(f"{name}.{written_as}", MEDIA_TYPES[written_as], write)


def hand_out(name: str, media_type: str, write: Callable[[IO[bytes]], object]) -> Response:
    """Hand out a file of any kind as `download` does."""
    file = TemporaryFile()  # noqa: SIM115 - closed when it was sent
    try:
        write(file)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    headers = {**attached(name), "Content-Length": str(size)}
    return StreamingResponse(_pieces(file), media_type=media_type, headers=headers)


def attached(name: str) -> dict[str, str]:
    """Return the header by which a browser keeps a file under a name, and runs nothing of it."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece

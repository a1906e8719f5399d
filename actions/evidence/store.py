"""Where the files of answers lie: a folder, or a bucket, by fsspec."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import UnsupportedOperation
from secrets import token_hex
from typing import IO, Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from config.errors import Refusal

DRAFTS = ".drafts"
"""The folder of files that are being written; a name in it is never looked for."""
CHUNK = 64 * 1024


class Store:
    """Files by their paths (`trial/U1-1/….pdf`), each there whole or not at all."""

    def __init__(self, place: str) -> None:
        """Take a folder or an address; Refusal when the package for such an address is not installed."""
        try:
            self._files, self._root = url_to_fs(place)
        except (ImportError, ValueError) as error:
            raise Refusal("ROLLCALL_EVIDENCE: cannot be used: {why}", why=str(error)) from None

    def put(self, path: str, content: IO[bytes]) -> None:
        """Write a file whole under a name of its own, then give it its path; killed on the way, a draft is left."""
        draft, final = self._at(f"{DRAFTS}/{token_hex(16)}"), self._at(path)
        self._files.makedirs(self._at(DRAFTS), exist_ok=True)
        self._files.makedirs(final.rpartition("/")[0], exist_ok=True)
        try:
            with self._files.open(draft, "wb") as file:
                while chunk := content.read(CHUNK):
                    file.write(chunk)
                _to_disk(file)
            self._files.mv(draft, final)
        except OSError as error:
            raise Refusal("evidence: the store cannot be written ({why}); try again later", why=error) from None

    def read(self, path: str) -> Iterator[bytes]:
        """Yield a file piece by piece; Refusal, before anything is yielded, when it is not there."""
        try:
            file = self._files.open(self._at(path), "rb")
        except OSError:
            raise Refusal("evidence: the file is not in the store; whoever runs the service can look for it") from None
        return _pieces(file)

    def remove(self, path: str) -> None:
        """Remove a file; harmless when it is not there."""
        with suppress(OSError):
            self._files.rm_file(self._at(path))

    def paths(self, *, before: datetime) -> Iterator[str]:
        """Yield what lies here since before an instant, drafts as well."""
        for path, facts in self._files.find(self._root, detail=True).items():
            if _written_at(facts) < before:
                yield path.removeprefix(self._root).lstrip("/")

    def _at(self, path: str) -> str:
        return f"{self._root.rstrip('/')}/{path}"


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def _to_disk(file: Any) -> None:
    """Have a folder's file survive a power cut; a bucket sees to that itself."""
    file.flush()
    with suppress(AttributeError, UnsupportedOperation):
        os.fsync(file.fileno())


def _written_at(facts: dict[str, Any]) -> datetime:
    """Return when a file was written, by whatever name its store gives that; as good as new where it does not say."""
    names = ("mtime", "LastModified", "last_modified", "created")
    written = next((facts[name] for name in names if name in facts), None)
    if isinstance(written, datetime):
        return written if written.tzinfo else written.replace(tzinfo=UTC)
    return datetime.fromtimestamp(written, UTC) if written is not None else datetime.max.replace(tzinfo=UTC)

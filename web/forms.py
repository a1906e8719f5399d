"""Read what a form brings, with a file where there is one; nothing is kept of what is too large."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException

from web.limits import LARGEST_REGISTRY, REGISTRY
from web.site import site_of

MOST_TEXT = 1024 * 1024
MOST_FIELDS = 200
READ_ON = 8
"""How many times the largest file is read before the connection is given up: whoever is cut off learns nothing."""
_IN_MEMORY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a form, by the field that it was chosen in; of one that is too large nothing is there but its name."""

    field: str
    name: str
    content: IO[bytes]
    too_large: bool

    def take(self, most: int) -> bytes | None:
        """Return its bytes; None where they are more than `most`."""
        data = self.content.read(most + 1)
        return None if self.too_large or len(data) > most else data


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields by their names, and the file if one was chosen. What is no UTF-8 has U+FFFD in its place."""

    fields: Mapping[str, str]
    file: SentFile | None = None

    def text(self, name: str) -> str:
        """Return a field as it was typed; an empty text where it is not there."""
        return self.fields.get(name, "")


async def receive_form(request: Request) -> AsyncIterator[SentForm]:
    """Read the form of a request, and leave it there for the pages that say why it was refused."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind == b"multipart/form-data" and (boundary := options.get(b"boundary")):
        is_registry = request.url.path == REGISTRY
        parts = _Parts(boundary, LARGEST_REGISTRY if is_registry else site_of(request).house.settings.evidence_bytes)
        try:
            async for chunk in request.stream():
                parts.take(chunk)
            form = parts.form()
            request.state.sent = form
            yield form
        finally:
            parts.close()
    else:
        form = SentForm(await _read_fields(request))
        request.state.sent = form
        yield form


Sent = Annotated[SentForm, Depends(receive_form)]
"""The form that came with a request."""


async def _read_fields(request: Request) -> Mapping[str, str]:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_TEXT:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None


class _Parts:
    """Take the parts of a multipart form (RFC 7578) as they come in."""

    def __init__(self, boundary: bytes, most: int) -> None:
        self._most = most
        self._fields: dict[str, bytearray] = {}
        self._file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the parts
        self._file_field, self._file_name = "", ""
        self._file_size = self._text_size = self._size = 0
        self._header = (bytearray(), bytearray())
        self._field: bytearray | None = None
        self._in_file = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin_part,
                "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_part_data": self._take_data,
            },
        )

    def take(self, chunk: bytes) -> None:
        """Take what came; HTTPException when it is no form, or more than anybody would send."""
        self._size += len(chunk)
        if self._size > self._most * READ_ON + MOST_TEXT:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            self._parser.write(chunk)
        except FormParserError:
            raise HTTPException(HTTPStatus.BAD_REQUEST) from None

    def form(self) -> SentForm:
        """Return what came, to be called at the end."""
        fields = {name: value.decode("utf-8", "replace") for name, value in self._fields.items()}
        if not self._file_name:
            return SentForm(fields)
        self._file.seek(0)
        return SentForm(fields, SentFile(self._file_field, self._file_name, self._file, self._file_size > self._most))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _begin_part(self) -> None:
        self._header = (bytearray(), bytearray())
        self._field, self._in_file = None, False

    def _end_header(self) -> None:
        name, value = self._header
        self._header = (bytearray(), bytearray())
        if name.lower() != b"content-disposition":
            return
        _, options = parse_options_header(bytes(value))
        field = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            file_name = options[b"filename"].decode("utf-8", "replace")
            self._in_file = bool(file_name) and not self._file_name
            if self._in_file:
                self._file_field, self._file_name = field, file_name
        elif len(self._fields) < MOST_FIELDS:
            self._field = self._fields.setdefault(field, bytearray())

    def _take_data(self, data: bytes, start: int, end: int) -> None:
        size = end - start
        if self._field is not None:
            self._text_size += size
            if self._text_size > MOST_TEXT:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            self._field += data[start:end]
        if not self._in_file:
            return
        self._file_size += size
        if self._file_size <= self._most:
            self._file.write(data[start:end])
        elif self._file_size - size <= self._most:
            self._file.truncate(0)

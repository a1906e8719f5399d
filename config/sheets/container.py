"""What a file is by its content, and whether it may be opened."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from struct import Struct
from typing import IO
from xml.etree import ElementTree

from config.said import Said
from config.sheets.faults import SheetFileError
from config.sheets.source import Source

LARGEST_EXPANDED = 512 * 1024 * 1024
"""Bytes of all parts of a workbook together; 200,000 rows of 20 columns have 170 million as xlsx, 355 as ods."""
MOST_PARTS = 5_000

_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
_LOCAL_HEADER = Struct("<26xHH")
_PIECE = 1 << 20
_LONGEST_CELL = 8_192
_LINKED_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]+)"[^>]*><f[^>]*>[^<]*\[[0-9]+\]')
_LINKED_FORMULA = re.compile(rb"table:formula=\"[^\"]*(?:'|&apos;)(?:file|https?):")
_LONGEST_SIGN = len(b":formula=")


class Kind(StrEnum):
    """What a file of sheets is."""

    TEXT = "text"
    ZIPPED = "zipped"
    COMPOUND = "compound"


def kind_of(source: Source) -> Kind:
    """Tell what a file is, and refuse with SheetFileError what is none of sheets or holds macros.

    Of a workbook the sizes that it declares are checked too; `measure` looks whether they are true.
    """
    start = source.start(4)
    if start.startswith(_COMPOUND):
        _check_compound(source)
        return Kind.COMPOUND
    if start.startswith(_ZIP):
        with opened(source) as archive:
            _check_parts(source, archive)
        return Kind.ZIPPED
    return Kind.TEXT


def measure(source: Source) -> frozenset[str]:
    """Expand every part of a zipped workbook, keeping nothing; return the parts with formulas or errors in them.

    Raises SheetFileError where a part is larger than the file declares, and where a cell takes its value from
    another file, which may be an old one.
    """
    worked_out: set[str] = set()
    with opened(source) as archive, source.open() as file:
        sheets = {part: name for name, part in sheet_parts(archive)}
        has_links = any(part.filename.startswith("xl/externalLinks/") for part in archive.infolist())
        for part in archive.infolist():
            formulas = _Formulas()
            looks: list[Callable[[bytes], None]] = []
            if part.filename == "content.xml":
                looks = [formulas, _LinkedFormulas(source)]
            elif part.filename in sheets:
                looks = [formulas, *([_LinkedCells(source, sheets[part.filename])] if has_links else [])]
            _expand(source, file, part, looks)
            if formulas.found:
                worked_out.add(part.filename)
    return frozenset(worked_out)


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a zipped workbook as an archive; SheetFileError where it is none."""
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            message = Said("is damaged: it is a zip that does not end as one")
            raise SheetFileError.at(source.name, None, message) from None
        with archive:
            yield archive


def _check_parts(source: Source, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if reason := _why_no_workbook(archive, names):
        raise SheetFileError.at(source.name, None, reason)
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise SheetFileError.at(source.name, None, Said("holds macros; save it as .xlsx, which has none"))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_EXPANDED:
        raise _too_large(source)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise SheetFileError.at(source.name, None, Said("is compressed in a way that workbooks are not"))


def _why_no_workbook(archive: zipfile.ZipFile, names: set[str]) -> Said | None:
    if "xl/workbook.xml" in names:
        return None
    if "xl/workbook.bin" in names:
        return Said("is an .xlsb workbook, in which errors look like blanks; save it as .xlsx")
    if "word/document.xml" in names:
        return Said("is a Word document; copy its table into a sheet and save that as .xlsx")
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            if file.read(100).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return None
    return Said("is a zip without a workbook in it; unpack it first")


def _check_compound(source: Source) -> None:
    data = source.read()
    for stream, reason in (
        ("EncryptedPackage", Said("is locked with a password; save it without one")),
        ("WordDocument", Said("is a Word document; copy its table into a sheet and save that as .xlsx")),
        ("_VBA_PROJECT", Said("holds macros; save it as .xlsx, which has none")),
    ):
        if stream.encode("utf-16-le") in data:
            raise SheetFileError.at(source.name, None, reason)


def _expand(source: Source, file: IO[bytes], part: zipfile.ZipInfo, looks: Sequence[Callable[[bytes], None]]) -> None:
    """Expand a part as whoever reads it will: to the end of its stream, whatever size is declared."""
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size:
        raise _not_as_declared(source, part)
    name, extra = _LOCAL_HEADER.unpack(header)
    file.seek(name + extra, 1)
    size = 0
    for piece in _pieces(source, file, part):
        size += len(piece)
        if size > part.file_size:
            raise _not_as_declared(source, part)
        for look in looks:
            look(piece)
    if size != part.file_size:
        raise _not_as_declared(source, part)


def _pieces(source: Source, file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    left = part.compress_size
    stream = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left and (packed := file.read(min(left, _PIECE))):
        left -= len(packed)
        if stream is None:
            yield packed
            continue
        try:
            while packed and not stream.eof:
                yield stream.decompress(packed, _PIECE)
                packed = stream.unconsumed_tail
        except zlib.error:
            raise _not_as_declared(source, part) from None


@dataclass(slots=True)
class _Formulas:
    """Looks for anything that is worked out, or failed to be, piece by piece of a part."""

    found: bool = False
    rest: bytes = b""

    def __call__(self, piece: bytes) -> None:
        """Look at the next piece, with the end of the one before."""
        if not self.found:
            self.found = _has_formulas(piece) or _has_formulas(self.rest + piece[:_LONGEST_SIGN])
            self.rest = piece[-_LONGEST_SIGN:]


def _has_formulas(text: bytes) -> bool:
    """Look for single letters first: a sheet of plain values has hardly any f, and they are found ten times as fast."""
    if b"f" in text and (b"f>" in text or b":formula=" in text):
        return True
    if b'"e' in text and (b't="e"' in text or b'"error"' in text):
        return True
    return b"'" in text and b"t='e'" in text


@dataclass(slots=True)
class _LinkedCells:
    """Looks for a cell whose formula names another file, piece by piece of a sheet of Excel's."""

    source: Source
    sheet: str
    rest: bytes = b""

    def __call__(self, piece: bytes) -> None:
        """Look at the next piece, with the end of the one before."""
        text = self.rest + piece
        if found := _LINKED_CELL.search(text):
            reason = Said(
                "cell {cell} takes its value from another file; paste it as a value", cell=found[1].decode("ascii")
            )
            raise SheetFileError.at(self.source.name, None, reason, self.sheet)
        self.rest = text[-_LONGEST_CELL:]


@dataclass(slots=True)
class _LinkedFormulas:
    """The same in an open document, which does not say beside the formula where it stands."""

    source: Source
    rest: bytes = b""

    def __call__(self, piece: bytes) -> None:
        """Look at the next piece, with the end of the one before."""
        text = self.rest + piece
        if _LINKED_FORMULA.search(text):
            reason = Said("a cell takes its value from another file; paste it as a value")
            raise SheetFileError.at(self.source.name, None, reason)
        self.rest = text[-_LONGEST_CELL:]


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give the name of each sheet of Excel's with the part that holds it."""
    names = set(archive.namelist())
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, relations} <= names:
        return
    try:
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ElementTree.fromstring(archive.read(relations))
        }
        for sheet in ElementTree.fromstring(archive.read(book)).iter():
            if sheet.tag.endswith("}sheet") and (target := targets.get(_relation_of(sheet))):
                yield sheet.get("name", ""), target.removeprefix("/") if target[0] == "/" else f"xl/{target}"
    except (ElementTree.ParseError, zipfile.BadZipFile, zlib.error):
        return  # who reads the workbook says so


def _relation_of(sheet: ElementTree.Element) -> str | None:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)


def _too_large(source: Source) -> SheetFileError:
    return SheetFileError.at(
        source.name,
        None,
        Said(
            "unpacks to more than {most} MiB; delete what is empty below and beside the table, split it, "
            "or save it as CSV",
            most=LARGEST_EXPANDED >> 20,
        ),
    )


def _not_as_declared(source: Source, part: zipfile.ZipInfo) -> SheetFileError:
    reason = Said("is damaged: its part {part} is not as large as it says", part=part.filename[:80])
    return SheetFileError.at(source.name, None, reason)

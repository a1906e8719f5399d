"""Files that people write in YAML, read into plain values that remember their lines.

Every scalar stays the text that stands in the file, apart from nothing at all (`~`, `null` or empty), which is None:
what the text means is for the reader of the file to say. So `18:00` is no number of minutes, `off` is no boolean,
and `007` keeps its zeros. Tags and aliases are refused, and so is whatever nests deeper than a person writes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from config.errors import Fault, FaultyFile
from config.said import Said, one_line

KeyPath = tuple[str | int, ...]
"""The way to a value in a file: keys, and positions counted from 0."""

PathFault = tuple[KeyPath, Said]
"""Where something is wrong, and what."""

MAX_BYTES = 1024 * 1024
_MAX_DEPTH = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = {"", "~", "null", "Null", "NULL"}
_NO_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A file of keys and values: what it says, on which lines, and what is wrong with it as YAML."""

    file: str
    value: Mapping[str, Any]
    lines: Mapping[KeyPath, int]
    faults: tuple[Fault, ...]

    def line(self, path: KeyPath) -> int:
        """Give the line of a value, counted from 1; that of what encloses it where it is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: KeyPath, message: Said) -> Fault:
        """Say what is wrong with a value."""
        return _fault(self.file, self.line(path), path, message)


def place(path: KeyPath) -> str:
    """Print the way to a value: `stages[1].gate.done`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def read_document(file: Path, error: Callable[[Iterable[Fault]], FaultyFile]) -> Document:
    """Read a YAML file whose top is a mapping.

    Raise `error` with one fault where nothing can be made of it: missing, no text in UTF-8, over 1 MiB, no YAML, empty,
    no mapping. Keys given twice, tags and aliases are left in the document's faults, to be told with all others.
    """
    try:
        data = _read(file)
    except OSError as failure:
        reason = Said("there is no such file") if isinstance(failure, FileNotFoundError) else failure.strerror
        raise error([Fault(str(file), None, "", Said("cannot be read: {reason}", reason=reason))]) from None
    return take_document(str(file), data, error)


def take_document(name: str, data: bytes, error: Callable[[Iterable[Fault]], FaultyFile]) -> Document:
    """Take what a YAML file holds, under the name that its faults are told by; raise `error` as `read_document`."""
    try:
        return _parse(name, _decode(data))
    except _UnreadableError as unreadable:
        raise error([Fault(name, unreadable.line, "", unreadable.message)]) from None


class _UnreadableError(Exception):
    def __init__(self, message: Said, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line = message, line


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise _UnreadableError(Said("is larger than {most} KiB", most=MAX_BYTES // 1024))
    if b"\0" in data:
        raise _UnreadableError(Said("is not a text file"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(Said("is not in UTF-8; save the file in that encoding"), line) from None
    if stray := _NO_TEXT.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        raise _UnreadableError(Said("has a control character (U+{code:04X})", code=ord(stray[0])), line)
    return text


def _parse(file: str, text: str) -> Document:
    reading = _Reading(file, yaml.parse(text, Loader=_LOADER))
    try:
        value = reading.document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = error.problem or error.context or ""
        raise _UnreadableError(Said("is not valid YAML: {problem}", problem=Said(problem)), line) from None
    if value is None:
        raise _UnreadableError(Said("is empty"))
    if not isinstance(value, Mapping):
        raise _UnreadableError(Said("must be a mapping, keys with values"), reading.lines[()])
    return Document(file, value, reading.lines, tuple(reading.faults))


class _Reading:
    """One pass over the events of a YAML file."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.file = file
        self.lines: dict[KeyPath, int] = {}
        self.faults: list[Fault] = []
        self._events = events

    def document(self) -> Any:
        """Read the only document of the file, None where there is nothing in it."""
        documents = 0
        value = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _UnreadableError(Said("has a second document; one file is one document"), _line(event))
                value = self._value(next(self._events), ())
        return value

    def _value(self, event: yaml.Event, path: KeyPath) -> Any:
        self.lines.setdefault(path, _line(event))
        if len(path) > _MAX_DEPTH:
            raise _UnreadableError(Said("nests too deeply"), _line(event))
        if getattr(event, "tag", None) is not None:
            self._fault(event, path, Said("tags such as !!str are not accepted"))
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(path)
            case yaml.SequenceStartEvent():
                return self._sequence(path)
            case yaml.ScalarEvent():
                return None if event.implicit[0] and event.value in _NOTHING else event.value
        self._fault(event, path, Said("aliases such as *name are not accepted; write the value out"))
        return None

    def _sequence(self, path: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnreadableError(Said("has a key that is no plain text"), _line(event))
            key = event.value
            twice = key in entries
            if twice:
                first = self.lines[(*path, key)]
                self._fault(event, (*path, key), Said("is given twice, first on line {first}", first=first))
            self.lines.setdefault((*path, key), _line(event))
            value = self._value(next(self._events), (*path, key))
            if not twice:
                entries[key] = value
        return entries

    def _fault(self, event: yaml.Event, path: KeyPath, message: Said) -> None:
        self.faults.append(_fault(self.file, _line(event), path, message))


def _fault(file: str, line: int, path: KeyPath, message: Said) -> Fault:
    """Say what is wrong in one line, however much of the file the message quotes."""
    return Fault(file, line, one_line(place(path)), message.in_one_line())


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1

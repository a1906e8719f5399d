"""Campaign files: found, read, and refused with every fault on its line."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.calendars import load_calendar
from config.definition import structure
from config.definition.schema import Definition
from config.definition.translation import translate
from config.definition.written import written_place
from config.documents import Document, KeyPath, PathFault, read_document, take_document
from config.errors import CampaignFileError, Fault, Refusal, Unknown
from config.said import Said

_READY = Path(str(files("config"))) / "campaigns"
_SUFFIXES = {".yaml", ".yml"}
_EXTENDS = "extends"
_MAX_FILES = 8


@dataclass(frozen=True, slots=True)
class Source:
    """The files that a campaign was read from: its own first, then the one that it extends, and so on."""

    documents: tuple[Document, ...]

    @property
    def value(self) -> dict[str, Any]:
        """What they say together: of each key at the top, the first file that has it."""
        said: dict[str, Any] = {}
        for document in reversed(self.documents):
            said |= document.value
        said.pop(_EXTENDS, None)
        return said

    def line(self, path: KeyPath) -> tuple[str, int]:
        """Give the file and the line of a value, counted from 1; those of what encloses it where it is missing."""
        document = self._document(path)
        return document.file, document.line(path)

    def fault(self, path: KeyPath, message: Said) -> Fault:
        """Say what is wrong with a value, with its file and line."""
        return self._document(path).fault(path, message)

    def has(self, path: KeyPath) -> bool:
        """Tell whether a value is written down at all."""
        return path in self._document(path).lines

    def _document(self, path: KeyPath) -> Document:
        return next((each for each in self.documents if path and path[0] in each.value), self.documents[0])


@dataclass(frozen=True, slots=True)
class LoadedDefinition:
    """A campaign, and where each of its words stands."""

    definition: Definition
    source: Source

    def fault(self, path: KeyPath, message: Said) -> Fault:
        """Say what is wrong with a value of the definition, with its file and line."""
        return self.source.fault(written_place(self.source.value, path), message)


def ready_campaigns() -> tuple[str, ...]:
    """Name the campaigns that come with the product, in alphabetical order."""
    return tuple(sorted(file.stem for file in _READY.iterdir() if file.suffix == ".yaml"))


def find_campaign(name: str) -> Path:
    """Find a campaign file by its path, or by the code of a ready campaign. Refusal when it is neither."""
    if name in ready_campaigns():
        return _READY / f"{name}.yaml"
    file = Path(name)
    if file.suffix in _SUFFIXES or file.exists():
        return file
    ready = ", ".join(ready_campaigns())
    raise Refusal(
        'campaign "{name}": there is no such file, and no ready campaign of that name (there are: {ready})',
        name=name,
        ready=ready,
    )


def load_definition(file: Path) -> LoadedDefinition:
    """Read a campaign file and whatever it extends; CampaignFileError with all faults at once when it has any."""
    return _load(_with_bases(read_document(file, CampaignFileError), file))


def load_sent(name: str, data: bytes) -> LoadedDefinition:
    """Read a campaign that somebody sent, under the name that its faults are told by; it may extend ready ones alone.

    Of the files on this machine it reaches none. CampaignFileError with all faults at once when it has any.
    """
    return _load(_with_bases(take_document(name, data, CampaignFileError), None))


def read_ready(code: str) -> str:
    """Return the text of a ready campaign; Unknown when there is none of that code."""
    if code not in ready_campaigns():
        raise Unknown("campaign {code}: none of the ready ones", code=code)
    return (_READY / f"{code}.yaml").read_text(encoding="utf-8")


def _load(documents: tuple[Document, ...]) -> LoadedDefinition:
    source = Source(documents)
    faults = {fault for document in source.documents for fault in document.faults}
    faults.update(source.fault(*found) for found in _find_faults(source))
    try:
        definition = Definition.model_validate(source.value)
    except ValidationError as error:
        faults.update(source.fault(*found) for found in translate(error, source.has))
    else:
        if not faults:
            return LoadedDefinition(definition, source)
    raise CampaignFileError(sorted(faults))


def _with_bases(first: Document, file: Path | None) -> tuple[Document, ...]:
    documents = [first]
    read = {file.resolve()} if file else set()
    while (base := documents[-1].value.get(_EXTENDS)) is not None:
        try:
            file = _base(base, file, read)
        except Refusal as refusal:
            raise CampaignFileError([documents[-1].fault((_EXTENDS,), refusal.said)]) from None
        documents.append(read_document(file, CampaignFileError))
        read.add(file.resolve())
    return tuple(documents)


def _base(name: Any, beside: Path | None, read: Set[Path]) -> Path:
    """Find the campaign that is extended: a ready one by its code, else a file beside the one that extends it."""
    ready = ", ".join(ready_campaigns())
    if name in ready_campaigns():
        file = _READY / f"{name}.yaml"
    elif beside is None:
        raise Refusal(
            '"{name}" is no ready campaign, and a file that is sent may extend these alone: {ready}',
            name=name,
            ready=ready,
        )
    else:
        file = beside.parent / str(name)
    if not file.is_file():
        raise Refusal(
            '"{name}" is neither a file beside this one nor a ready campaign (there are: {ready})',
            name=name,
            ready=ready,
        )
    if file.resolve() in read:
        raise Refusal("{name} extends this campaign in turn, in a circle", name=name)
    if len(read) == _MAX_FILES:
        raise Refusal("more than {most} files extend one another", most=_MAX_FILES)
    return file


def _find_faults(source: Source) -> Iterator[PathFault]:
    own, said = source.documents[0].value, source.value
    if _EXTENDS in own and "code" not in own:
        yield (_EXTENDS,), Said("needs a code beside it: two campaigns cannot have the same")
    yield from structure.find_faults(said)
    code = said.get("calendar")
    if isinstance(code, str):
        try:
            load_calendar(code)
        except Refusal as refusal:
            yield ("calendar",), refusal.said

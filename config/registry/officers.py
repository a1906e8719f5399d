"""The officers that the rows of a registry name, each with the row that has it first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from config.registry.cells import reject
from config.registry.columns import Column
from config.registry.rows import Branches, BranchRow, Rejection
from config.registry.units import Tell
from config.said import Said

_CODE, _NAME, _CHANNEL = map(BranchRow._fields.index, ("officer_code", "officer_name", "channel"))


class Address(NamedTuple):
    """The address of an officer as a row states it: a secret."""

    place: int
    officer: str
    channel: str

    def __repr__(self) -> str:
        return f"Address({self.officer!r}, place={self.place})"


@dataclass(slots=True)
class Officers:
    """The names of officers by their codes, the first row of each, named on it or not, and their addresses."""

    names: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    channels: dict[str, Address] = field(default_factory=dict)
    _named_on: dict[str, int] = field(default_factory=dict)

    def enter(
        self,
        places: Sequence[int],
        codes: Sequence[str | None],
        names: Sequence[str | None],
        channels: Sequence[str | None],
        tell: Tell,
    ) -> Iterator[Rejection]:
        """Take the officers of rows; reject what says otherwise than a row before, or of nobody."""
        if not self._take_new(places, codes, names):
            for place, code, name in zip(places, codes, names, strict=True):
                yield from self._take_name(place, code, name, tell)
        if any(channels):
            for place, code, channel in zip(places, codes, channels, strict=True):
                yield from self._take_channel(place, code, channel, tell)

    def _take_new(self, places: Sequence[int], codes: Sequence[str | None], names: Sequence[str | None]) -> bool:
        """Take all at once where each is named for the first time; tell whether it was so."""
        if None in codes or None in names or not self.places.keys().isdisjoint(codes):
            return False
        found: dict[Any, int] = dict(zip(codes, places, strict=True))
        if len(found) < len(codes):
            return False
        self.places |= found
        self.names.update(zip(codes, names, strict=True))  # type: ignore[arg-type]
        return True

    def _take_name(self, place: int, code: str | None, name: str | None, tell: Tell) -> Iterator[Rejection]:
        if code is None:
            if name is not None:
                yield _no_officer(place, Column.OFFICER_NAME)
            return
        first_place = self.places.setdefault(code, place)
        if name is None:
            return
        first = self.names.setdefault(code, name)
        named_on = self._named_on.setdefault(code, place if first is name else first_place)
        if first != name:
            yield _other(place, Column.OFFICER_NAME, name, code, tell(named_on, place))

    def _take_channel(self, place: int, code: str | None, channel: str | None, tell: Tell) -> Iterator[Rejection]:
        if channel is None:
            return
        if code is None:
            yield _no_officer(place, Column.CHANNEL)
            return
        first = self.channels.setdefault(code, Address(place, code, channel))
        if first.channel != channel:
            yield _other(place, Column.CHANNEL, channel, code, tell(first.place, place))


def officers_of(branches: Branches) -> Officers:
    """Gather the officers of sound rows."""
    officers = Officers()
    for columns in branches.columns():
        told = officers.enter(columns[0], columns[_CODE], columns[_NAME], columns[_CHANNEL], lambda place, _: place)
        for _ in told:
            pass  # they agree: those that did not are not among them
    return officers


def _other(place: int, column: Column, value: str, officer: str, line: object) -> Rejection:
    reason = Said("line {first} has another {column} for officer {officer}", first=line, column=column, officer=officer)
    return reject(place, column, value, reason)


def _no_officer(place: int, column: Column) -> Rejection:
    return reject(place, Column.OFFICER_CODE, "", Said("missing, although the row has {columns}", columns=column))

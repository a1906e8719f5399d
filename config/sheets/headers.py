"""The header of a table: which row it is, and in which column each thing stands."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from config.errors import WrongValue
from config.said import Said, joined
from config.sheets.cells import Cell, texts_of

C = TypeVar("C", bound=StrEnum)

ROWS_LOOKED_AT = 30
"""How far down a header may stand, below titles and instructions."""

_BETWEEN = re.compile(r"[\s_*:\-]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_TWO_TONGUES = re.compile(r"([\u4e00-\u9fff]+)/?([a-z.]+)|([a-z.]+)/?([\u4e00-\u9fff]+)")
_SUMS = frozenset({"合计", "总计", "总数", "小计", "共计", "计", "人数", "total", "sum"})
_PARTS = ("男", "女", "男性", "女性", "男党员", "女党员", "正式", "预备", "men", "women", "male", "female")
_PART_OF = "/"
_FEWEST_ALIKE, _FEWEST_PARTS = 2, 2
_LONGEST_SHOWN, _MOST_SHOWN, _NAMES_SHOWN = 40, 8, 3


@dataclass(frozen=True)
class Columns(Generic[C]):
    """The columns that a table may have, in the order in which its cells are handed on.

    `names` are what headers call each of them, beside its own value, or two of these in Chinese and in English at once;
    blanks, underscores, breaks, capitals, full-width letters and what stands in brackets make no difference. Those in
    `needed` must be there. `passed_over` are names of columns that many tables have and nobody reads. A record has
    something in the column `key`. Columns in `groups` say the same of several records: a cell merged over their rows
    stands for each of them, and "ditto" for the one above.
    """

    names: Mapping[C, Sequence[str]]
    needed: Sequence[C]
    passed_over: Sequence[str]
    key: C
    groups: Sequence[C] = ()

    def by_name(self) -> dict[str, C | None]:
        """Find a column by its plain name; None for those that are passed over."""
        found: dict[str, C | None] = {plain_name(name): None for name in self.passed_over}
        for column, names in self.names.items():
            found |= {plain_name(name): column for name in (column.value, *names)}
        return found


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns of a table stand.

    `line` is the number of the header's last row. `places` are the places in a row of the columns, in their order, and
    None for those that are not there; `passed_over` those of columns that nobody reads, `unknown` those among them
    that no list of names has. `texts` are the header's own words.
    """

    line: int
    places: tuple[int | None, ...]
    passed_over: frozenset[int]
    unknown: tuple[int, ...]
    texts: tuple[str, ...]


def plain_name(text: str) -> str:
    """Return the name of a column without what makes no difference."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub("", _BRACKETS.sub("", plain))


def _name_in(text: str, known: Mapping[str, object]) -> str:
    """Return the plain name of a column; of one that is named in Chinese and in English at once, the first name."""
    name = plain_name(text)
    if name not in known and (both := _TWO_TONGUES.fullmatch(name)):
        one, other = (half for half in both.groups() if half is not None)
        if one in known and other in known and known[one] == known[other]:
            return one
    return name


def find_header(rows: Sequence[tuple[int, Sequence[Cell]]], columns: Columns[C]) -> Header | None:
    """Find the header among the first rows of a sheet; None where not one row has two of the columns in it.

    It is the first row with all that is needed, or two rows whose cells are merged downwards, or of which the lower one
    splits a column: what stands below its name as the sum of its parts is that column. Raises Misnamed, for the row
    that is most like one, when a needed column is missing, or split without a sum, or one is there twice.
    """
    known = columns.by_name()
    told = [(number, tuple(texts_of(row))) for number, row in rows[:ROWS_LOOKED_AT]]
    alike = [
        len({known[name] for text in texts if (name := _name_in(text, known)) in known} - {None}) for _, texts in told
    ]
    if max(alike, default=0) < _FEWEST_ALIKE:
        return None
    faults: dict[int, Misnamed] = {}
    for place, (number, texts) in enumerate(told):
        if alike[place] < _FEWEST_ALIKE:
            continue
        below = told[place + 1] if place + 1 < len(told) else None
        try:
            if below is not None and (both := _merged(texts, below[1], known)) is not None:
                return _header(below[0], both, columns, known)
            return _header(number, texts, columns, known)
        except WrongValue as wrong:
            faults[place] = Misnamed(number, wrong.said)
    raise faults[max(faults, key=lambda place: (alike[place], -place))]


class Misnamed(Exception):
    """A row that is most like a header, and why it cannot be one."""

    def __init__(self, line: int, said: Said) -> None:
        self.line, self.said = line, said
        super().__init__(said)


def _merged(upper: Sequence[str], lower: Sequence[str], known: Mapping[str, object]) -> tuple[str, ...] | None:
    """Put two rows of a header into one; None where the lower one is none."""
    upper = (*upper, *[""] * (len(lower) - len(upper)))
    same = [place for place, (over, under) in enumerate(zip(upper, lower, strict=False)) if over and over == under]
    other = [place for place, under in enumerate(lower) if under and place not in same]
    above: list[str] = []
    for over in upper:
        above.append(over or (above[-1] if above else ""))
    is_one = len(same) >= _FEWEST_ALIKE or _splits([(above[place], lower[place]) for place in other], known)
    if not other or not is_one:
        return None
    return tuple(
        _together(above[place], under, known) if place in other else under or upper[place]
        for place, under in enumerate(lower)
    )


def _splits(pairs: Sequence[tuple[str, str]], known: Mapping[str, object]) -> bool:
    """Tell whether all that a row says are words below the names of columns, several below one of them."""
    over = [above for above, _ in pairs]
    are_words = all(under[0].isalpha() and _name_in(under, known) not in known for _, under in pairs)
    return are_words and len({*over}) < len(over) and all(known.get(_name_in(name, known)) for name in over)


def _together(over: str, under: str, known: Mapping[str, object]) -> str:
    """Name a column by what stands above it and below; the sum of the parts of one that is known keeps its name."""
    both = f"{over}{under}"
    if _name_in(both, known) in known:
        return both
    if not known.get(_name_in(over, known)) or _name_in(under, known) in known:
        return under
    return over if plain_name(under) in _SUMS else f"{over}{_PART_OF}{under}"


def _header(line: int, texts: tuple[str, ...], columns: Columns[C], known: Mapping[str, C | None]) -> Header:
    names = [_name_in(text, known) for text in texts]
    if faults := [*_find_faults(texts, names, columns, known)]:
        raise WrongValue("{faults}", faults=joined("; ", faults))
    places = {known[name]: place for place, name in enumerate(names) if name in known}
    unknown = tuple(place for place, name in enumerate(names) if name and name not in known)
    ignored = frozenset(place for place, name in enumerate(names) if name and known.get(name) is None)
    return Header(line, tuple(places.get(column) for column in columns.names), ignored, unknown, texts)


def _find_faults(
    texts: Sequence[str], names: Sequence[str], columns: Columns[C], known: Mapping[str, C | None]
) -> Iterator[Said]:
    there = [known[name] for name in names if name in known]
    split = {column: parts for column in columns.needed if (parts := _parts_of(column, texts, names, known))}
    for column, parts in split.items():
        yield Said(
            "{column} is split into {parts}; put one column in their place, with the sum",
            column=_also_called(column, columns),
            parts=_listed(parts),
        )
    if missing := [column for column in columns.needed if column not in there and column not in split]:
        yield Said("missing column {columns}", columns=_listed([_also_called(column, columns) for column in missing]))
        if unknown := [text for text, name in zip(texts, names, strict=True) if name and name not in known]:
            yield Said("unknown column {columns}", columns=_listed(unknown))
    if twice := [column for column in columns.names if there.count(column) > 1 and column not in split]:
        yield Said("column given twice: {columns}", columns=_listed(twice))


def _parts_of(column: C, texts: Sequence[str], names: Sequence[str], known: Mapping[str, C | None]) -> list[str]:
    """List the headers of the parts that a column is split into, such as men and women; none where it is there once."""
    own = {name for name, named in known.items() if named is column}
    if sum(name in own for name in names) == 1:
        return []
    spelt = {f"{name}{part}" for name in own for part in _PARTS}
    in_brackets = {f"({part})" for part in _PARTS}
    parts = [
        text
        for text, name in zip(texts, names, strict=True)
        if name in spelt
        or (name not in known and name.partition(_PART_OF)[0] in own)
        or (name in own and not in_brackets.isdisjoint(_BRACKETS.findall(unicodedata.normalize("NFKC", text))))
    ]
    return parts if len(parts) >= _FEWEST_PARTS else []


def _also_called(column: C, columns: Columns[C]) -> str:
    return f"{column} ({', '.join(columns.names[column][:_NAMES_SHOWN])})"


def _listed(names: Sequence[str]) -> Said:
    return joined(", ", [" ".join(name.split())[:_LONGEST_SHOWN] for name in names[:_MOST_SHOWN]])

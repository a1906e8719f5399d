"""Which counts of enterprises count where those above and those below were both asked, and which do not agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

_TOP = "/"


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted last in a unit; `path` is its place in the tree, `/130600/130602/`.

    With `alone` the numbers are of the unit itself, else of the unit with all below it.
    """

    path: str
    alone: bool
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number of a unit with all below it, and what those below come to."""

    path: str
    code: str
    said: int
    below: int


def counting(counts: Iterable[Count]) -> Sequence[Count]:
    """Return the counts that are added up: the lowest, and of those above them the ones of a unit alone.

    So nothing is counted twice, whoever was asked.
    """
    found = tuple(counts)
    above = {path for count in found for path in _above(count.path)}
    return [count for count in found if count.alone or count.path not in above]


def find_disagreements(counts: Iterable[Count]) -> Iterator[Disagreement]:
    """Find the numbers of units that do not count, because those below do, and say something else than their sum."""
    found = {count.path: count for count in counts}
    below = _sums_below(found)
    for path, count in found.items():
        if path in below and not count.alone:
            for code, said in count.numbers.items():
                if said != below[path][code]:
                    yield Disagreement(path, code, said, below[path][code])


def _sums_below(found: Mapping[str, Count]) -> Mapping[str, Mapping[str, int]]:
    """Add up what counts below each unit, from the lowest up, so that each number is added once a level."""
    below: defaultdict[str, dict[str, int]] = defaultdict(dict)
    places = {*found, *chain.from_iterable(map(_above, found))}
    for path in sorted(places, key=len, reverse=True):
        count, sums = found.get(path), below[_parent(path)]
        if path in below:
            _add(sums, below[path])
        if count is not None and (count.alone or path not in below):
            _add(sums, count.numbers)
    return below


def _add(sums: dict[str, int], numbers: Mapping[str, int]) -> None:
    for code, number in numbers.items():
        sums[code] = sums.get(code, 0) + number


def _above(path: str) -> Iterator[str]:
    """Give the paths of all units above one."""
    while (path := _parent(path)) != _TOP:
        yield path


def _parent(path: str) -> str:
    return path[: path.rindex(_TOP, 0, -1) + 1]

"""Which counts of enterprises count where those above and those below were both asked, and which do not agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


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
    found = tuple(counts)
    below: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for count in counting(found):
        for path in _above(count.path):
            below[path].update(count.numbers)
    for count in found:
        if count.path in below and not count.alone:
            for code, said in count.numbers.items():
                if said != below[count.path][code]:
                    yield Disagreement(count.path, code, said, below[count.path][code])


def _above(path: str) -> Iterator[str]:
    """Give the paths of all units above one."""
    codes = path.strip("/").split("/")
    for depth in range(1, len(codes)):
        yield f"/{'/'.join(codes[:depth])}/"

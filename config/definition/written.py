"""Where in a campaign file the stages and tasks of its definition are written: one that repeats stands for several.

All of it works on plain values as they stand in the file, and takes whatever does not have its right shape as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from config.definition.repeating import MOST_TIMES
from config.documents import KeyPath

Entry = tuple[KeyPath, Mapping[str, Any]]

_MOST_DIGITS = 3


class WrittenStage(NamedTuple):
    """A stage with the code it goes by, where it is written, and its tasks.

    `number` is which time it is of a stage that repeats, 0 for one that does not.
    """

    entry: Entry
    tasks: list[Entry]
    number: int = 0

    def place(self, rest: KeyPath) -> KeyPath:
        """Return where a key of the stage is written: at its time, where it is different then."""
        path, stage = self.entry
        if rest and rest[0] == "tasks" and len(rest) > 1 and isinstance(rest[1], int) and rest[1] < len(self.tasks):
            return (*self.tasks[rest[1]][0], *rest[2:])
        for place, time in entries((*path, "repeats"), stage.get("repeats") or {}, "but") if self.number else ():
            if count(time.get("time")) == self.number and rest and rest[0] in time:
                return (*place, *rest)
        return (*path, *rest)


def written_stages(data: Mapping[str, Any]) -> list[WrittenStage]:
    """List the stages of the definition that a file makes, in their order."""
    return [each for entry in entries((), data, "stages") for each in _times_of(*entry)]


def written_place(data: Mapping[str, Any], path: KeyPath) -> KeyPath:
    """Return where in the file the value at a place of its definition is written."""
    if path[:1] != ("stages",) or len(path) == 1:
        return path
    stages, position = written_stages(data), path[1]
    return stages[position].place(path[2:]) if isinstance(position, int) and position < len(stages) else path


def entries(path: KeyPath, parent: Mapping[str, Any], key: str) -> list[Entry]:
    """List what stands under a key that is a mapping, each with its place."""
    return [((*path, key, i), item) for i, item in items(parent, key) if isinstance(item, Mapping)]


def items(parent: Mapping[str, Any], key: str) -> Iterable[tuple[int, Any]]:
    """Count through the list under a key; nothing where there is none."""
    found = parent.get(key)
    return enumerate(found) if isinstance(found, Sequence) and not isinstance(found, str) else ()


def count(value: Any) -> int:
    """Read a small whole number; 0 where it is none."""
    return int(value) if str(value).isdecimal() and len(str(value)) <= _MOST_DIGITS else 0


def _times_of(path: KeyPath, stage: Mapping[str, Any]) -> list[WrittenStage]:
    tasks, repeats = entries(path, stage, "tasks"), stage.get("repeats")
    times = count(repeats.get("times")) if isinstance(repeats, Mapping) else 0
    code = stage.get("code")
    if not 0 < times <= MOST_TIMES or not isinstance(code, str):
        return [WrittenStage((path, stage), tasks)]
    return [
        WrittenStage(
            (path, {**stage, "code": f"{code}{number}"}), [task for task in tasks if _is_asked(task, number)], number
        )
        for number in range(1, times + 1)
    ]


def _is_asked(task: Entry, number: int) -> bool:
    only = [count(each) for _, each in items(task[1], "only")]
    return not only or number in only

"""What Pydantic finds wrong in a campaign file, in the words of the file."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.definition import structure
from config.definition.figures import FigureSpec
from config.definition.gates import GateSpec
from config.definition.ladder import Reminders, Rung, SendWindow
from config.definition.part import Part
from config.definition.repeating import PeriodSpec, RepeatSpec, TimeSpec
from config.definition.schema import Definition, WaveSpec
from config.definition.stages import StageSpec
from config.definition.tasks import TaskSpec
from config.definition.text import Text
from config.documents import KeyPath, PathFault
from config.said import Said
from config.wording import describe

# The part that stands under each key, to name the keys that are known there.
_PARTS: dict[str, type[Part] | type[Text]] = {
    "but": TimeSpec,
    "check_points": Text,
    "figures": FigureSpec,
    "gate": GateSpec,
    "guidance": Text,
    "period": PeriodSpec,
    "reminders": Reminders,
    "repeats": RepeatSpec,
    "rungs": Rung,
    "stages": StageSpec,
    "tasks": TaskSpec,
    "title": Text,
    "unit": Text,
    "waves": WaveSpec,
    "window": SendWindow,
}


def translate(error: ValidationError, is_written: Callable[[KeyPath], bool]) -> Iterator[PathFault]:
    """Say where something is wrong and what, leaving out what is told elsewhere.

    `is_written` tells whether a key stands in the file: a bare string that was taken for both languages does not.
    """
    for found in error.errors(include_url=False):
        if not _is_echo(found):
            path = found["loc"]
            is_language = bool(path) and path[-1] in Text.model_fields and not is_written(path)
            yield path[:-1] if is_language else path, _message(found)


def _is_echo(found: ErrorDetails) -> bool:
    match found["type"]:
        case "too_short":  # a list whose entries all have faults
            return bool(found["input"])
        case "string_pattern_mismatch":  # named with the calendars that are known
            return found["loc"] == ("calendar",)
    return found["type"] in {"default_factory_not_called", structure.FAULT}


def _message(found: ErrorDetails) -> Said:
    match found["type"]:
        case "extra_forbidden":
            return _unknown_key(found["loc"])
        case "string_pattern_mismatch":
            return Said('"{code}" is no code: lower-case letters, digits, - and _, at most 40', code=found["input"])
    return describe(found)


def _unknown_key(path: KeyPath) -> Said:
    around = [step for step in path[:-1] if isinstance(step, str)]
    part = _PARTS[around[-1]] if around else Definition
    known = [field.alias or name for name, field in part.model_fields.items()]
    near = get_close_matches(str(path[-1]), known, n=1)
    if near:
        return Said('unknown key; did you mean "{near}"?', near=near[0])
    return Said("unknown key; known here: {known}", known=", ".join(known))

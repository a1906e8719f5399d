"""Name stages, tasks and windows in what is said: by their codes, with the titles that pages show instead."""

from actions.rulebook import Rulebook
from config.definition.text import Titled
from config.said import Said, joined
from models.queries import WindowPlace


def name_stage(rulebook: Rulebook, code: str) -> Titled:
    """Name a stage."""
    return Titled(code, rulebook.definition.stage(code).title)


def name_task(rulebook: Rulebook, stage: str, code: str) -> Titled:
    """Name a task of a stage."""
    return Titled(code, rulebook.definition.stage(stage).task(code).title)


def name_window(rulebook: Rulebook, place: WindowPlace) -> Said:
    """Name a window, like `study/pilot`."""
    wave = rulebook.definition.wave(place.wave.code)
    return joined("/", (name_stage(rulebook, place.stage.code), Titled(wave.code, wave.name)))

"""What a window is called."""

from config.definition.schema import Definition
from config.vocabulary import Language


def window_title(definition: Definition, stage: str, wave: str, language: Language) -> str:
    """Return the titles of stage and wave; of a wave without a title the stage's alone, for its code stands beside."""
    spec, title = definition.wave(wave), definition.stage(stage).title.of(language)
    return f"{title} · {spec.title.of(language)}" if spec.title else title

"""The templates' engine: a sandbox that knows how to say days and numbers in the reader's language."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from config.definition.text import Text
from config.vocabulary import Language
from notifications.writing import wording
from notifications.writing.cleaning import inert, one_line
from notifications.writing.dialects.structure import (
    BlockKind,
    Composition,
    Mark,
    Tone,
    block_mark,
    linked,
    read_composition,
    toned,
)
from notifications.writing.room import shorten
from notifications.writing.words import LONGEST_SUBJECT, cut_characters
from rules import progress

TEMPLATES = Path(__file__).parent / "templates"
INCLUDE = re.compile(r'{% include "([^"]+)" %}\n?')
MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")

Escape = Callable[[str], str]


def render(name: str, language: Language, facts: Mapping[str, Any]) -> str:
    """Render a template of the language as it stands, such as `summary.md.j2`.

    Every value is put on one line, so that no name of a branch can begin a line, a header or a section
    of its own; in a `.md.j2` its Markdown is text besides. Raises jinja2's errors for a template that
    names what is not there or reaches for what it must not.
    """
    return _environment(language, ".md." in name).get_template(name).render(facts)


def compose(name: str, language: Language, facts: Mapping[str, Any]) -> Composition:
    """Render a template such as `digest.txt.j2` into the structure that every dialect writes its own way.

    A template marks its lines (`{{ heading }}`, `{{ item }}`, ... as in BlockKind), what stands out
    (`{% filter warning %}`) and links (`link_to(text, href)`); no value can. Raises like `render`.
    """
    found = read_composition(render(name, language, facts))
    return Composition(cut_characters(found.subject, LONGEST_SUBJECT), found.blocks)


class _Loader(FileSystemLoader):
    """jinja2's own, but that templates are put together when they are read, not anew for each message.

    Where one includes another, that one's text stands, and is indented and spaced as if it were included.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, file, is_current = super().get_source(environment, template)
        return INCLUDE.sub(lambda found: self.get_source(environment, found[1])[0], text), file, is_current


class _Sandbox(ImmutableSandboxedEnvironment):
    """jinja2's own, which asks at every value again what it may be asked for: half of the time of a message.

    What it goes by is the kind of value and the name alone, so that one answer holds for all of a kind.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._answers: dict[tuple[type, str], bool] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give a plain value of what was found safe by the shortest way, anything else by jinja2's own."""
        if self._answers.get((type(obj), attribute)):
            value = getattr(obj, attribute, getattr)
            if not callable(value):
                return value
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        asked = (type(obj), attr)
        answer = self._answers.get(asked)
        if answer is None:
            answer = self._answers[asked] = super().is_safe_attribute(obj, attr, value)
        return answer


@lru_cache
def _environment(language: Language, is_markdown: bool) -> ImmutableSandboxedEnvironment:
    environment = _Sandbox(
        loader=_Loader(TEMPLATES / language),
        undefined=StrictUndefined,
        autoescape=False,  # what a value must not do depends on the dialect: `finalize` and the dialect see to it
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        # What one message says of branches, days and tasks, it and its neighbours say again.
        finalize=partial(_put, lru_cache(maxsize=1_024)(_markdown_text if is_markdown else inert)),
    )
    environment.filters |= {
        "day": partial(wording.say_day, language=language),
        "weekday": partial(wording.say_weekday, language=language),
        "share": partial(wording.say_share, language=language),
        "blocker": partial(wording.blocker_text, language=language),
        "window_status": partial(wording.window_status_text, language=language),
        "words": partial(Text.of, language=language),
        "number": wording.say_number,
        "figure": wording.say_figure,
        "counted": wording.say_counted,
        "completeness": progress.completeness,
        "timeliness": progress.timeliness,
        "overdue": progress.overdue,
        "shorten": shorten,
        "clip": cut_characters,
        "published": _published,
        "strong": partial(toned, tone=Tone.STRONG),
        "warning": partial(toned, tone=Tone.WARNING),
    }
    environment.globals |= {kind.value: block_mark(kind) for kind in BlockKind}
    environment.globals["link_to"] = linked
    return environment


def _put(escape: Escape, value: Any) -> Any:
    return escape(value) if isinstance(value, str) and not isinstance(value, Mark) else value


def _published(value: str) -> Mark:
    """Let the addresses in a text stand: the words of those who run the campaign, who may point to a page."""
    return Mark(one_line(value))


def _markdown_text(value: str) -> str:
    return MARKDOWN.sub(r"\\\1", one_line(value))

"""The templates' engine: a sandbox that knows how to say days and numbers in the reader's language."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from config.definition.text import Text
from config.vocabulary import Language
from notifications import wording
from rules import progress

TEMPLATES = Path(__file__).parent / "templates"
MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")

Escape = Callable[[str], str]


def render(name: str, language: Language, facts: Mapping[str, Any]) -> str:
    """Render a template of the language, such as `digest.txt.j2`.

    Every value is put on one line, so that no name of a branch can begin a line, a header or a section
    of its own; in a `.md.j2` its Markdown is text besides. Raises jinja2's errors for a template that
    names what is not there or reaches for what it must not.
    """
    return _environment(language, ".md." in name).get_template(name).render(facts)


@lru_cache
def _environment(language: Language, is_markdown: bool) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES / language),
        undefined=StrictUndefined,
        autoescape=False,  # plain text and Markdown: there is no HTML to escape for
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=partial(_put, _markdown_text if is_markdown else _plain_text),
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
    }
    return environment


def _put(escape: Escape, value: Any) -> Any:
    return escape(value) if isinstance(value, str) else value


def _plain_text(value: str) -> str:
    return " ".join(value.split())


def _markdown_text(value: str) -> str:
    return MARKDOWN.sub(r"\\\1", _plain_text(value))

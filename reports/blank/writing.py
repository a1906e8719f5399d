"""The templates as files."""

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

from docx.document import Document

from config.vocabulary import Language
from reports.blank.bulletin import bulletin_template
from reports.blank.returned import return_template
from reports.blank.summary import SummaryTemplate
from reports.word import same_bytes


def _summary(language: Language) -> Document:
    return SummaryTemplate(language).write()


def _saved(write: Callable[[Language], Document], language: Language) -> bytes:
    file = BytesIO()
    write(language).save(file)
    return same_bytes(file.getvalue())


BLANKS: Mapping[str, Callable[[], bytes]] = {
    f"{name}.{language}.docx": partial(_saved, write, language)
    for name, write in (("summary", _summary), ("bulletin", bulletin_template), ("return", return_template))
    for language in Language
}
"""The files that come with Rollcall, and how each is made."""

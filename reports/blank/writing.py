"""The templates as files."""

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

from docx.document import Document

from config.vocabulary import Language
from reports.blank.summary import SummaryTemplate
from reports.word import same_bytes


def _summary(language: Language) -> bytes:
    return _saved(SummaryTemplate(language).write())


def _saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return same_bytes(file.getvalue())


BLANKS: Mapping[str, Callable[[], bytes]] = {
    f"summary.{language}.docx": partial(_summary, language) for language in Language
}
"""The files that come with Rollcall, and how each is made."""

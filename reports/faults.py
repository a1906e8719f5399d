"""What is wrong with a template, in one line: what, in which of its paragraphs, and what may have been meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.table import Table

from config.errors import Refusal
from config.said import Said, one_line

NAMED = re.compile(r"'(\w+)'")
TAG = re.compile(r"\{[{%].*")
LONGEST_QUOTE = 80


def unknown_names(template: Path, names: Iterable[str], facts: Mapping[str, Any]) -> Refusal:
    """Refuse names that are not among the facts, nor in their lists and mappings."""
    unknown = sorted(names)
    close = (get_close_matches(name, [*_names(facts)], 1) for name in unknown)
    meant = ", ".join(match for matches in close for match in matches)
    return Refusal(
        "template {file}: names what is not there: {names}, in “{where}”",
        hint=Said("did you mean {meant}?") if meant else Said("docs/operations.md lists what may be named"),
        file=template,
        names=", ".join(unknown),
        where=_paragraph(template, unknown),
        meant=meant,
    )


def fault(template: Path, why: str) -> Refusal:
    """Refuse a template for what Jinja2 says of it; where it names a word, with the paragraph that has it."""
    where = _paragraph(template, NAMED.findall(why))
    if not where:
        return Refusal("template {file}: {why}", file=template, why=one_line(why))
    return Refusal("template {file}: {why}, in “{where}”", file=template, why=one_line(why), where=where)


def _names(facts: Any) -> Iterator[str]:
    """Give every name that there is below some facts; a list has those of its first row."""
    if isinstance(facts, Mapping):
        yield from facts
        for each in facts.values():
            yield from _names(each)
    elif isinstance(facts, list) and facts:
        yield from _names(facts[0])


def _paragraph(template: Path, words: Iterable[str]) -> str:
    """Find the first paragraph with a tag that has one of the words, and return it from its first tag on."""
    wanted = [re.compile(rf"\b{re.escape(word)}\b") for word in words]
    for text in _texts(docx.Document(str(template))):
        tag = TAG.search(text)
        if tag and any(word.search(tag.group()) for word in wanted):
            quote = tag.group().strip()
            return quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]} …"
    return ""


def _texts(document: Document) -> Iterator[str]:
    """Read the paragraphs of a document, those in its tables, and those of its headers and footers."""
    parts = [document, *(part for section in document.sections for part in (section.header, section.footer))]
    for part in parts:
        for block in part.iter_inner_content():
            if isinstance(block, Table):
                yield from (cell.text for row in block.rows for cell in row.cells)
            else:
                yield block.text

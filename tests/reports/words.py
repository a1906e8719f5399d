"""Word documents, read for the words in them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document


def words_of(content: bytes | Path) -> list[str]:
    """The paragraphs of a Word document, and the rows of its tables with `|` between cells, in their order."""
    document = docx.Document(BytesIO(content) if isinstance(content, bytes) else str(content))
    return [line for line in _lines(document) if line.strip()]


def _lines(document: Document) -> Iterator[str]:
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            yield from ("|".join(cell.text for cell in row.cells) for row in part.rows)
        else:
            yield part.text

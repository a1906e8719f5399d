"""Documents as an office meets them: opened by its program, and read for the words in them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document


def opened(file: Path, kind: str = "pdf") -> Path:
    """What LibreOffice makes of a file that it opens; it has to be there in CI."""
    program = shutil.which("soffice")
    if program is None:
        why = "no LibreOffice (soffice) is installed"
        pytest.fail(why) if "CI" in os.environ else pytest.skip(why)
    folder = file.parent / "opened"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(file)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    made = folder / f"{file.stem}.{kind}"
    assert made.exists(), told.stdout + told.stderr
    return made


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

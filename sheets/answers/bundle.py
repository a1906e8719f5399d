"""Write workbooks of answers one after the other: a file for each unit or each officer."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZipFile

from config.vocabulary import Language
from sheets.answers.form import AnswerForm
from sheets.answers.workbook import write_form
from sheets.names import FileNames

OpenFile = Callable[[str], AbstractContextManager[IO[bytes]]]
"""Opens a file by its name alone, wherever it goes to."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, and how many pieces of work stand in them."""

    files: int
    tasks: int


def write_forms(forms: Iterable[AnswerForm], open_file: OpenFile, language: Language) -> Written:
    """Write each form as a workbook under the name of whom it is for."""
    names = FileNames(".xlsx")
    files = tasks = 0
    for form in forms:
        with open_file(names.take(form.about_in(language))) as out:
            tasks += write_form(form, out, language)
        files += 1
    return Written(files, tasks)


@contextmanager
def zipped(out: IO[bytes]) -> Iterator[OpenFile]:
    """Put the files that are opened into one archive, which is whole when the block ends."""
    with ZipFile(out, "w") as archive:

        @contextmanager
        def open_file(name: str) -> Iterator[IO[bytes]]:
            # A workbook is an archive itself: it is written where its writer can go back, and is not packed again.
            with TemporaryFile() as file:
                yield file
                file.seek(0)
                with archive.open(name, "w") as packed:
                    copyfileobj(file, packed)

        yield open_file

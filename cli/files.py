"""Files and folders that commands write: whole, or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile, mkdtemp
from typing import IO

from config.errors import Refusal


def check_free(*files: Path, force: bool) -> None:
    """Raise Refusal where there is a file of one of these names and nobody said `force`; before anything is done."""
    for file in files:
        if file.exists() and not force:
            raise Refusal("{file}: is there already; choose another name, or add --force", file=file)


@contextmanager
def written(file: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Open a file for writing; it takes its name when the block ends, and is gone when that raises.

    Raises Refusal where there is a file of that name and nobody said `force`, and where none can be written.
    """
    check_free(file, force=force)
    try:
        temporary = NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False)  # noqa: SIM115 - renamed
    except OSError as error:
        raise Refusal("{file}: cannot be written: {why}", file=file, why=error.strerror or error) from None
    try:
        with temporary:
            yield temporary.file
        _let_others_read(Path(temporary.name))
        Path(temporary.name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(temporary.name).unlink()
        raise


@contextmanager
def written_folder(folder: Path) -> Iterator[Callable[[str], AbstractContextManager[IO[bytes]]]]:
    """Open a folder for writing files into it by their names; all of it is there when the block ends, or none.

    Raises Refusal where there is something of that name already, other than an empty folder: what lies in it may
    have been filled in. Refusal too where nothing can be written.
    """
    if folder.exists() and not (folder.is_dir() and next(folder.iterdir(), None) is None):
        raise Refusal("{file}: is there already; choose another name", file=folder)
    try:
        temporary = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise Refusal("{file}: cannot be written: {why}", file=folder, why=error.strerror or error) from None
    try:
        yield lambda name: (temporary / name).open("xb")
        _let_others_read(temporary, 0o777)
        temporary.replace(folder)
    except BaseException:
        rmtree(temporary, ignore_errors=True)
        raise


def _let_others_read(file: Path, rights: int = 0o666) -> None:
    """Give the file the rights that any other would have: temporary files are for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    file.chmod(rights & ~mask)

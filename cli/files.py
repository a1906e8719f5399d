"""Files that commands write: whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
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


def _let_others_read(file: Path) -> None:
    """Give the file the rights that any other would have: temporary files are for their owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    file.chmod(0o666 & ~mask)

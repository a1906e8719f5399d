"""Secrets of a home: made once, and kept in a file that only its owner reads."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet

from config.errors import Refusal


def load_key(file: Path) -> str:
    """Return the key in `file`, as `keep_secret` does."""
    return keep_secret(file, lambda: Fernet.generate_key().decode())


def keep_secret(file: Path, make: Callable[[], str]) -> str:
    """Return the secret in `file`, made at the first call with owner-only access.

    Of two first callers one wins and both get its secret; killed on the way, no half secret is left under that
    name. Refusal when it can be neither read nor made.
    """
    try:
        if not file.exists():
            _write(file, make())
        return file.read_text().strip()
    except OSError as error:
        raise Refusal("{file}: cannot be read or made ({reason})", file=file, reason=error.strerror) from None


def _write(file: Path, secret: str) -> None:
    """Write a new secret whole before it gets its name, and leave one that has it by then."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")  # owner-only from the start
    try:
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secret)
            handle.flush()
            os.fsync(handle.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()

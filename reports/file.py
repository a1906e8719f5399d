"""Documents as files: replaced as a whole, so that a kill leaves the old one or the new one."""

import os
from pathlib import Path

from config.errors import Refusal


def replace_file(file: Path, content: bytes) -> None:
    """Put a file in the place of another of that name; Refusal where the folder does not take it."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.draft")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refusal("{file}: cannot be written: {why}", file=file, why=error.strerror or error) from error

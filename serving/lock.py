"""One serve for a home."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from config.errors import Refusal


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the home for one serve; the system lets go of it when the process dies in whatever way.

    Raises Refusal when another serve holds it.
    """
    lock = FileLock(home / "serve.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout as taken:
        raise Refusal(f"{home} is being served already; stop that `rollcall serve` first") from taken
    try:
        yield
    finally:
        lock.release()

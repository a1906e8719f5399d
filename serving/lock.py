"""One serve for a home, in each of its roles."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from config.errors import Refusal
from config.vocabulary import ServeRole

FILES: Mapping[ServeRole, str] = {ServeRole.ENGINE: "serve.lock", ServeRole.WEB: "web.lock"}


@contextmanager
def only_one(home: Path, role: ServeRole) -> Iterator[None]:
    """Hold the home for one serve in a role; the system lets go of it when the process dies in whatever way.

    Raises Refusal when another serve holds it. The pages and the engine do not mind each other.
    """
    with ExitStack() as held:
        for part in role.parts:
            lock = FileLock(home / FILES[part])
            try:
                held.enter_context(lock.acquire(blocking=False))
            except Timeout as taken:
                raise Refusal(
                    "{home} is being served already ({role}); stop that `rollcall serve` first", home=home, role=part
                ) from taken
        yield

"""Watch the statements that reach a database, or stop before one of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Engine, event


class Statement(NamedTuple):
    """A statement as the driver gets it."""

    text: str
    parameters: Any


@contextmanager
def watched(engine: Engine) -> Iterator[list[Statement]]:
    """Collect the statements of a block."""
    seen: list[Statement] = []
    with before_each(engine, seen.append):
        yield seen


@contextmanager
def before_each(engine: Engine, act: Callable[[Statement], object]) -> Iterator[None]:
    """Do something before each statement of a block; what it raises goes to whoever executes the statement."""

    def listen(_: Any, __: Any, text: str, parameters: Any, *___: Any) -> None:
        act(Statement(text, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", listen)


@contextmanager
def before_transaction(engine: Engine, turn: int, act: Callable[[], object]) -> Iterator[None]:
    """Do something before the connection of a turn, counted from 1, begins its transaction; on an engine of its own."""
    turns = iter(range(1, turn + 1))

    def listen(*_: Any) -> None:
        if next(turns, None) == turn:
            act()

    event.listen(engine, "checkout", listen)
    try:
        yield
    finally:
        event.remove(engine, "checkout", listen)

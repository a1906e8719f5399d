"""What people see while something takes its time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Echo = Callable[[str], None]


@contextmanager
def waiting(message: str, echo: Echo) -> Iterator[None]:
    """Show what is being waited for: a moving line with the seconds in a terminal, one plain line elsewhere."""
    if not sys.stderr.isatty():
        echo(message)
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(message, total=None)
        yield

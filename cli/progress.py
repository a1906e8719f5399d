"""A bar for what takes its time: on a terminal alone, on standard error, gone when it is done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cli.printing import in_words
from config.said import Said


@contextmanager
def working(doing: Said) -> Iterator[None]:
    """Show that something is under way, and for how long, in the language of the settings."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task(in_words(doing), total=None)
        yield

"""What people see while something takes its time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from config.said import Said
from config.translation import say_sentence
from config.vocabulary import Language

Echo = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Teller:
    """Whoever tells the operator what goes on, in one language."""

    echo: Echo
    language: Language

    def tell(self, said: Said) -> None:
        """Say a sentence in a line of its own."""
        self.echo(say_sentence(said, self.language))

    @contextmanager
    def waiting(self, awaited: Said) -> Iterator[None]:
        """Show what is being waited for: a moving line with the seconds in a terminal, one plain line elsewhere."""
        if not sys.stderr.isatty():
            self.tell(awaited)
            yield
            return
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            progress.add_task(say_sentence(awaited, self.language), total=None)
            yield

"""How facts are printed: tables for people, JSON for programs, remarks on standard error."""

from collections.abc import Iterable
from textwrap import indent
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from cli.labels import Label
    from config.definition.text import Text
    from config.errors import Fault
    from config.vocabulary import Language

    Heading = Label | Text


def print_json(shape: object) -> None:
    """Print a shape of cli.shapes, or several; instants in it are UTC and print with a Z."""
    from pydantic_core import to_json

    typer.echo(to_json(shape, indent=2))


def print_json_list(shapes: Iterable[object]) -> None:
    """Print shapes as one JSON list, each as soon as it is there: the list may be longer than memory is large."""
    from pydantic_core import to_json

    separator = "["
    for shape in shapes:
        # Strings have their line breaks escaped: every line is one of the structure, and may be moved to the right.
        typer.echo(separator + "\n" + indent(to_json(shape, indent=2).decode(), "  "), nl=False)
        separator = ","
    typer.echo("[]" if separator == "[" else "\n]")


def tell(said: str) -> None:
    """Say on standard output what was done, in the language of the settings."""
    typer.echo(in_words(said))


def remark(lines: "Iterable[str | Fault]") -> None:
    """Say on standard error what is worth knowing beside the answer, a line each, in the language of the settings."""
    for line in lines:
        typer.echo(in_words(line), err=True)


def in_words(said: "str | Fault") -> str:
    """Put a sentence, or what is wrong in a file, into the language of the settings; other text stays as it is."""
    from cli.opening import language
    from config.errors import Fault
    from config.said import Said
    from config.translation import say_fault_in_place, say_sentence

    if isinstance(said, Fault):
        return say_fault_in_place(said, language())
    return say_sentence(said, language()) if isinstance(said, Said) else said


def console() -> "Console":
    """Return the console of standard output: colours on a terminal alone, 80 columns elsewhere."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def table(language: "Language", *left: "Heading", right: "Iterable[Heading]" = (), title: str | None = None) -> "Table":
    """Return a table in the one form that all commands use: columns of text, then `right` those of numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_edge=False, pad_edge=False
    )
    for label in left:
        made.add_column(label.of(language), overflow="fold")
    for label in right:
        made.add_column(label.of(language), overflow="fold", justify="right")
    return made

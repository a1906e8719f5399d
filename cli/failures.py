"""What went wrong, in one line and as an exit status."""

import os
import traceback
from dataclasses import dataclass

import typer
from typer.exceptions import TyperException

from config.errors import Refusal

DONE, COULD_NOT, BAD_CALL, INTERRUPTED = 0, 1, 2, 130
TRACEBACK = "ROLLCALL_TRACEBACK"
"""Set to anything, it shows where an unexpected error arose."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What is said on standard error, nothing where it was said already, and the exit status."""

    line: str
    status: int


def explain(error: BaseException) -> Failure:
    """Say what went wrong: a refusal in its own words, anything else in a line that names it."""
    match error:
        case typer.Exit():
            return Failure("", error.exit_code)
        case KeyboardInterrupt() | typer.Abort():
            return Failure(_in_words(Refusal("interrupted")), INTERRUPTED)
        case TyperException():
            return Failure(_bad_call(error), error.exit_code)
        case Refusal():
            return Failure(_in_words(error), COULD_NOT)
        case _:
            trouble = _database_trouble(error)
            return Failure(_in_words(trouble) if trouble else _unexpected(error), COULD_NOT)


def _in_words(refusal: Refusal) -> str:
    """Say it in the language of the settings."""
    from cli.opening import language
    from config.translation import say_in_full

    return say_in_full(refusal, language())


def _bad_call(error: TyperException) -> str:
    """Name the command before what is wrong with the call; help that was printed needs no more words."""
    message = " ".join(error.format_message().replace("Value error, ", "").split())
    context = getattr(error, "ctx", None)
    if not message or context is None:
        return message
    return f"{context.command_path}: {message} (see `{context.command_path} --help`)"


def _database_trouble(error: BaseException) -> Refusal | None:
    from sqlalchemy.exc import DBAPIError

    if not isinstance(error, DBAPIError):
        return None
    said = str(error.orig).strip().splitlines()
    if not said:
        return Refusal("the database refused, and did not say why")
    if "locked" in said[0]:
        return Refusal("the database is locked: another process has been writing for too long; try again")
    return Refusal("the database refused: {said}", said=said[0])


def _unexpected(error: BaseException) -> str:
    if os.environ.get(TRACEBACK):
        return "".join(traceback.format_exception(error)).rstrip()
    said = " ".join(str(error).split())
    return f"unexpected {type(error).__name__}: {said} (set {TRACEBACK}=1 to see where it arose)"

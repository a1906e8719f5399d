"""Make entries of what people write: all that is wrong with one is said at once, column by column."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from config.errors import Refusal
from config.ledgers.columns import columns_of
from config.ledgers.entry import Entry
from config.said import Said, joined
from config.wording import describe

Written = TypeVar("Written", bound=Entry)


class WrongEntry(Refusal):
    """An entry that cannot be taken: `faults` says why, by the code of the column, or by none for the whole."""

    def __init__(self, faults: Mapping[str, Said]) -> None:
        """Take what is wrong with each column."""
        self.faults = faults
        lines = [joined(": ", (column, fault)) if column else fault for column, fault in faults.items()]
        super().__init__("{faults}", faults=joined("; ", lines))


def make_entry(entry: type[Written], said: Mapping[str, Any]) -> Written:
    """Make an entry out of what stands in its columns, text or values; raises WrongEntry.

    Blank text in a column that may be left out counts as left out.
    """
    optional = {column.code for column in columns_of(entry) if not column.is_needed}
    given = {code: value for code, value in said.items() if not (code in optional and value in ("", None))}
    try:
        return entry.model_validate(given)
    except ValidationError as error:
        raise WrongEntry(_faults(entry, error)) from None


def _faults(entry: type[Entry], error: ValidationError) -> dict[str, Said]:
    faults: dict[str, Said] = {}
    for found in error.errors(include_url=False):
        column = str(found["loc"][0]) if found["loc"] else ""
        if found["type"] == "extra_forbidden":
            there = ", ".join(column.code for column in columns_of(entry))
            faults[column] = Said("no such column; there are: {columns}", columns=there)
        else:
            faults.setdefault(column, describe(found))
    return faults

"""What `registry import` says of a file: what it would change, and what cannot be taken."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from actions.preview_registry import RegistryPreview
    from actions.registry.branches import Change
    from cli.shapes.people import ImportShape
    from config.registry import Rejection
    from config.vocabulary import Language

CHANGES_SHOWN = 20
CODES_SHOWN = 10


def told(found: "RegistryPreview") -> Iterator[str]:
    """Say in a few lines what a file would change; --json has all of it."""
    of_these = f" ({len(found.moved)} moved, {len(found.closed)} closed)" if found.moved or found.closed else ""
    yield f"{found.new} branches new, {found.changed} changed{of_these}, {found.unchanged} unchanged"
    for code, change in islice(found.changes.items(), CHANGES_SHOWN):
        yield f"  {code} {change.name}: {', '.join(_details(change))}"
    if found.changed > CHANGES_SHOWN:
        yield f"  and {found.changed - CHANGES_SHOWN} more"
    for word, codes in (("moved", found.moved), ("closed", found.closed), ("active again", found.returned)):
        if codes:
            yield f"{word}: {_first(codes, len(codes))}"
    yield f"{found.new_units} units new, {found.changed_units} changed"
    yield f"{found.new_officers} officers new, {found.renamed_officers} renamed, {found.new_channels} addresses"
    if found.missing:
        yield f"{found.missing} active branches not in the file, left as they are: " + _first(
            found.first_missing, found.missing
        )
    if found.columns_not_taken:
        yield f"columns not taken: {', '.join(found.columns_not_taken)}"
    if found.passed_over:
        yield f"{found.passed_over} rows passed over: notes, and the header once more"
    if found.sheets_passed_over:
        yield f"sheets without a table: {', '.join(found.sheets_passed_over)}"
    if found.skipped:
        yield f"{found.skipped} rows skipped"


def rejection_line(file: Path, cell: "Rejection", language: "Language") -> str:
    """Say what cannot be taken as other files' faults are said: where, what, why."""
    from config.translation import say_sentence

    where = f"{file}:{cell.sheet}!{cell.cell or cell.line}" if cell.sheet else f"{file}:{cell.line}"
    value = f'"{cell.value}" ' if cell.value else ""
    return ": ".join(part for part in (where, cell.column, f"{value}{say_sentence(cell.reason, language)}") if part)


def shape_of(found: "RegistryPreview", *, is_written: bool) -> "ImportShape":
    """Give all of it as facts for programs."""
    from cli.shapes.people import ChangedBranchShape, ImportShape, RejectionShape

    asked = ImportShape.__dataclass_fields__.keys() - {"imported", "changes", "rejected"}
    return ImportShape(
        **{name: getattr(found, name) for name in asked},
        imported=is_written,
        changes=tuple(
            ChangedBranchShape(code, change.name, _plain(change.before), _plain(change.after))
            for code, change in found.changes.items()
        ),
        rejected=tuple(
            RejectionShape(cell.line, cell.column, cell.value, cell.reason, cell.sheet or None, cell.cell or None)
            for cell in found.rejected
        ),
    )


def _details(change: "Change") -> Iterator[str]:
    before, after = _plain(change.before), _plain(change.after)
    for name, value in after.items():
        was = before[name]
        yield f"{name} {value}" if was is None else f"{name} {was} -> {value}"


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Show the values of a branch, and of a telephone number only that there is one."""
    return {name: "…" if name == "phone" and value else value for name, value in values.items()}


def _first(codes: Sequence[str], count: int) -> str:
    shown = ", ".join(codes[:CODES_SHOWN])
    return f"{shown}, …" if count > CODES_SHOWN else shown

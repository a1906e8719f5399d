"""What `registry import` says of a file: what it would change, and what cannot be taken."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.said import Said, joined

if TYPE_CHECKING:
    from actions.preview_registry import RegistryPreview
    from actions.registry.branches import Change
    from cli.shapes.people import ImportShape
    from config.registry import Rejection
    from config.vocabulary import Language

_FIELDS = {
    "unit": Said("unit"),
    "name": Said("name"),
    "members": Said("members"),
    "employees": Said("employees"),
    "kind": Said("kind"),
    "status": Said("status"),
    "industry": Said("industry"),
    "grade": Said("grade"),
    "leader": Said("leader"),
    "phone": Said("phone"),
    "officer": Said("officer"),
    "successor": Said("successor"),
}
CHANGES_SHOWN = 20
CODES_SHOWN = 10


def told(found: "RegistryPreview") -> Iterator[Said]:
    """Say in a few lines what a file would change; --json has all of it."""
    yield from _branches(found)
    yield Said("{new} units new, {changed} changed", new=found.new_units, changed=found.changed_units)
    yield Said(
        "{new} officers new, {renamed} renamed, {addresses} addresses",
        new=found.new_officers,
        renamed=found.renamed_officers,
        addresses=found.new_channels,
    )
    yield from _left_out(found)


def _branches(found: "RegistryPreview") -> Iterator[Said]:
    moved, closed = len(found.moved), len(found.closed)
    yield Said(
        "{new} branches new, {changed} changed{of_these}, {unchanged} unchanged",
        new=found.new,
        changed=found.changed,
        of_these=Said(" ({moved} moved, {closed} closed)", moved=moved, closed=closed) if moved or closed else "",
        unchanged=found.unchanged,
    )
    for code, change in islice(found.changes.items(), CHANGES_SHOWN):
        yield Said("  {code} {name}: {details}", code=code, name=change.name, details=joined(", ", _details(change)))
    if found.changed > CHANGES_SHOWN:
        yield Said("  and {count} more", count=found.changed - CHANGES_SHOWN)
    if found.moved:
        yield Said("moved: {codes}", codes=_first(found.moved, moved))
    if found.closed:
        yield Said("closed: {codes}", codes=_first(found.closed, closed))
    if found.returned:
        yield Said("active again: {codes}", codes=_first(found.returned, len(found.returned)))


def _left_out(found: "RegistryPreview") -> Iterator[Said]:
    if found.missing:
        codes = _first(found.first_missing, found.missing)
        yield Said(
            "{count} active branches not in the file, left as they are: {codes}", count=found.missing, codes=codes
        )
    if found.columns_not_taken:
        yield Said("columns not taken: {columns}", columns=", ".join(found.columns_not_taken))
    if found.passed_over:
        yield Said("{count} rows passed over: notes, and the header once more", count=found.passed_over)
    if found.sheets_passed_over:
        yield Said("sheets without a table: {sheets}", sheets=", ".join(found.sheets_passed_over))
    if found.skipped:
        yield Said("{count} rows skipped", count=found.skipped)


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


def _details(change: "Change") -> Iterator[Said]:
    before, after = _plain(change.before), _plain(change.after)
    for name, value in after.items():
        was, field = before[name], _FIELDS.get(name, name)
        yield joined(" ", (field, value)) if was is None else joined(" ", (field, was, "->", value))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Show the values of a branch, and of a telephone number only that there is one."""
    return {name: "…" if name == "phone" and value else value for name, value in values.items()}


def _first(codes: Sequence[str], count: int) -> str:
    shown = ", ".join(codes[:CODES_SHOWN])
    return f"{shown}, …" if count > CODES_SHOWN else shown

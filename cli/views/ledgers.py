"""Ledgers, and what they come to."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from actions.reading.coverage import CoverageDisagreement, CoverageTable
from actions.reading.ledgers import EntryState
from actions.reading.measures import Figure
from actions.reading.prospects import Prospect
from actions.reading.targets import TargetState
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.ledgers import (
    CoverageDisagreementShape,
    CoverageShape,
    EntryShape,
    FigureShape,
    ProspectShape,
    TargetShape,
    UnitCoverageShape,
)
from config.ledgers.all import LEDGERS
from config.ledgers.columns import Column, ColumnKind, columns_of
from config.spoken import say
from config.vocabulary import Language, LedgerCode


def entry_shape(state: EntryState) -> EntryShape:
    """Give an entry as `ledger list --json` prints it."""
    return EntryShape(
        number=state.number,
        entry=state.entry.model_dump(mode="json"),
        unit=state.unit,
        recorded_at=state.recorded_at,
        recorded_by=state.recorded_by,
        changed_at=state.changed_at,
        changed_by=state.changed_by,
        struck=state.is_struck,
        problem=state.problem,
        task=state.task,
    )


def print_entries(ledger: LedgerCode, found: Iterable[EntryState], language: Language) -> None:
    """Print entries as a table, with the columns that the ledger has on paper."""
    columns = columns_of(LEDGERS[ledger])
    title = LEDGERS[ledger].title.of(language)
    listed = table(language, Label.NUMBER, *(column.title for column in columns), title=title)
    for state in found:
        number = f"{state.number}\n{Label.STRUCK.of(language)}" if state.is_struck else str(state.number)
        listed.add_row(number, *(_cell(getattr(state.entry, column.code), language) for column in columns))
    console().print(listed)


def print_columns(ledgers: Sequence[LedgerCode], language: Language) -> None:
    """Print what the columns of ledgers are called, and what they take."""
    for ledger in ledgers:
        title = f"{ledger} · {LEDGERS[ledger].title.of(language)}"
        listed = table(language, Label.COLUMN, Label.NAME, Label.TAKES, title=title)
        for column in columns_of(LEDGERS[ledger]):
            needed = "" if column.is_needed else f" ({Label.OPTIONAL.of(language)})"
            listed.add_row(column.code + needed, column.title.of(language), _takes(column))
        console().print(listed)


def figure_shapes(found: Iterable[Figure]) -> tuple[FigureShape, ...]:
    """Give figures as `ledger figures --json` prints them."""
    return tuple(FigureShape(figure.measure, figure.value, figure.source) for figure in found)


def print_figures(found: Iterable[Figure], language: Language, *, with_sources: bool) -> None:
    """Print figures as a table, or one by one with their queries."""
    if with_sources:
        for figure in found:
            console().print(f"{say(figure.measure, language)}: {figure.value}\n{figure.source}\n", soft_wrap=True)
        return
    listed = table(language, Label.MEASURE, right=[Label.VALUE])
    for figure in found:
        listed.add_row(say(figure.measure, language), f"{figure.value:,}")
    console().print(listed)


def target_shapes(found: Iterable[TargetState]) -> tuple[TargetShape, ...]:
    """Give targets as `ledger targets --json` prints them."""
    return tuple(
        TargetShape(
            number=state.number,
            unit=state.unit,
            measure=state.entry.measure,
            wanted=state.entry.wanted,
            reached=state.reached,
            met=state.is_met,
            late=state.is_late,
            person=state.entry.person,
            due=state.entry.due,
        )
        for state in found
    )


def print_targets(found: Iterable[TargetState], language: Language) -> None:
    """Print targets as a table."""
    listed = table(
        language,
        *(Label.NUMBER, Label.UNIT, Label.MEASURE, Label.OWNER, Label.LAST_DAY),
        right=[Label.WANTED, Label.REACHED_VALUE],
    )
    for state in found:
        late = f"\n{Label.OVERDUE.of(language)}" if state.is_late else ""
        listed.add_row(
            str(state.number),
            f"{state.unit_name}\n{state.unit}",
            say(state.entry.measure, language),
            state.entry.person,
            f"{state.entry.due}{late}",
            f"{state.entry.wanted:,}",
            f"{state.reached:,}",
        )
    console().print(listed)


def prospect_shapes(found: Iterable[Prospect]) -> tuple[ProspectShape, ...]:
    """Give prospects as `ledger prospects --json` prints them."""
    return tuple(
        ProspectShape(
            number=prospect.number,
            unit=prospect.unit,
            enterprise=prospect.entry.enterprise,
            employees=prospect.entry.employees,
            full_members=prospect.entry.full_members,
            first=prospect.comes_first,
            officer=prospect.entry.officer,
        )
        for prospect in found
    )


def print_prospects(found: Iterable[Prospect], language: Language) -> None:
    """Print prospects as a table, those that come first marked."""
    columns = {column.code: column.title for column in columns_of(LEDGERS[LedgerCode.FOUNDATIONS])}
    listed = table(
        language,
        *(Label.NUMBER, Label.UNIT, columns["enterprise"], Label.FIRST, Label.OFFICER),
        right=[columns["employees"], columns["full_members"]],
    )
    for prospect in found:
        listed.add_row(
            str(prospect.number),
            f"{prospect.unit_name}\n{prospect.unit}",
            prospect.entry.enterprise,
            "✓" if prospect.comes_first else "",
            prospect.entry.officer or "",
            f"{prospect.entry.employees:,}",
            f"{prospect.entry.full_members:,}",
        )
    console().print(listed)


def coverage_shape(found: CoverageTable) -> CoverageShape:
    """Give coverage as `ledger coverage --json` prints it."""
    return CoverageShape(
        tuple(
            UnitCoverageShape(
                part.unit, part.enterprises, part.enterprises_with_members, part.organisations, part.share
            )
            for part in found.parts
        ),
        tuple(
            CoverageDisagreementShape(each.number, each.unit, each.column, each.said, each.below)
            for each in found.disagreements
        ),
    )


def print_coverage(found: CoverageTable, language: Language) -> None:
    """Print coverage as a table, and below it what does not agree."""
    columns = {column.code: column.title for column in columns_of(LEDGERS[LedgerCode.COVERAGE])}
    named = (columns["enterprises"], columns["enterprises_with_members"], Label.ORGANISATIONS, Label.SHARE)
    listed = table(language, Label.UNIT, right=named)
    for part in found.parts:
        counted = (part.enterprises, part.enterprises_with_members, part.organisations)
        share = "–" if part.share is None else f"{part.share:.1%}"
        listed.add_row(f"{part.unit_name}\n{part.unit}", *(f"{count:,}" for count in counted), share)
    console().print(listed)
    if found.disagreements:
        _print_disagreements(found.disagreements, language)


def _print_disagreements(found: Iterable[CoverageDisagreement], language: Language) -> None:
    title = Label.DISAGREEING.of(language)
    heads = (Label.NUMBER, Label.UNIT, Label.COLUMN)
    listed = table(language, *heads, right=[Label.SAID, Label.BELOW], title=title)
    for each in found:
        listed.add_row(
            str(each.number),
            f"{each.unit_name}\n{each.unit}",
            each.column_title.of(language),
            f"{each.said:,}",
            f"{each.below:,}",
        )
    console().print(listed)


def _cell(value: object, language: Language) -> str:
    if isinstance(value, StrEnum):
        return say(value, language)
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)


def _takes(column: Column) -> str:
    """Say what a column takes, in the words in which it is written."""
    if column.choices is not None:
        return ", ".join(column.choices)
    match column.kind:
        case ColumnKind.DAY:
            return "2009-12-18"
        case ColumnKind.YES:
            return "true, false"
        case ColumnKind.COUNT:
            return f"{column.least}–{column.most}"
    return f"≤ {column.longest}" if column.longest else column.kind

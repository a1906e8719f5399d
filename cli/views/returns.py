"""Returns, and what the forms of a branch propose."""

from collections.abc import Iterator, Sequence

from actions.pass_on import PassedOn
from actions.reading.branches import BranchState
from actions.reading.return_list import ReturnList
from actions.reading.returns import PartState, ReturnState
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.returns import (
    MissingShape,
    PartShape,
    PassedOnShape,
    ReturnLineShape,
    ReturnShape,
    SuggestionShape,
    VersionShape,
    plain_figures,
    plain_number,
)
from config.said import Said
from config.spoken import say, spell_out
from config.translation import say_sentence
from config.vocabulary import Language
from rules.deadlines import local_day


def return_shape(found: ReturnState) -> ReturnShape:
    """Give a return as `return show --json` prints it."""
    return ReturnShape(
        stage=found.stage,
        unit=found.unit,
        name=found.unit_name,
        since=found.period.since,
        until=found.period.until,
        status=found.status,
        version=found.shown,
        figures=plain_figures(found.figures),
        before=plain_figures(found.before),
        recorded=plain_figures(found.recorded),
        parts=tuple(
            PartShape(part.unit, part.unit_name, part.status, part.version, plain_figures(part.figures))
            for part in found.parts
        ),
        missing=tuple(MissingShape(work.branch, work.branch_name, work.task) for work in found.missing),
        versions=tuple(
            VersionShape(
                each.version,
                each.missing,
                each.passed_at,
                each.passed_by,
                each.reason,
                each.outdated_at,
                each.outdated_by,
                each.outdated_reason,
                each.replaced_at,
                plain_figures(each.figures),
            )
            for each in found.versions
        ),
        faults={code: str(why) for code, why in found.faults.items()},
    )


def print_return(found: ReturnState, language: Language) -> None:
    """Print a return: its figures with a column for each part, then who is missing, then its versions."""
    output = console()
    output.print(f"{found.campaign_title.of(language)}\n{found.stage_title.of(language)} {found.unit_name}")
    output.print(f"{found.period.since} – {found.period.until}: {spell_out(found.status, language)}\n")
    figures = table(language, Label.FIGURES, right=(Label.LAST_PERIOD, Label.RECORDED, Label.TOTAL))
    for part in found.parts:
        figures.add_column(f"{part.unit_name}\n{_brings(part, language)}", overflow="fold", justify="right")
    for spec in found.specs:
        unit = f" ({spec.unit.of(language)})" if spec.unit else ""
        cells = [found.before, found.recorded, found.figures, *(part.figures for part in found.parts)]
        figures.add_row(spec.title.of(language) + unit, *(str(each.get(spec.code, "")) for each in cells))
    output.print(figures)
    for code, why in found.faults.items():
        output.print(f"{code}: {say_sentence(why, language)}")
    if found.missing:
        missing = table(language, Label.BRANCH, Label.TASK, title=Label.MISSING.of(language))
        for work in found.missing:
            missing.add_row(f"{work.branch_name}\n{work.branch}", work.task)
        output.print(missing)
    if found.versions:
        output.print(_versions(found, language))


def _brings(part: PartState, language: Language) -> str:
    """Say which version of a unit below was added up, or how it stands."""
    if part.is_own:
        return Label.BRANCHES.of(language)
    return f"{Label.VERSION.of(language)} {part.version}" if part.version else spell_out(part.status, language)


def _versions(found: ReturnState, language: Language) -> object:
    versions = table(language, Label.VERSION, Label.DAY, Label.WHO, Label.REASON, right=(Label.MISSING,))
    for each in found.versions:
        day = str(local_day(each.passed_at, found.zone))
        versions.add_row(str(each.version), day, each.passed_by, each.reason or "", str(each.missing))
    return versions


def return_line_shapes(found: ReturnList) -> tuple[ReturnLineShape, ...]:
    """Give the returns of a stage as `return list --json` prints them."""
    return tuple(
        ReturnLineShape(
            line.unit, line.unit_name, line.status, line.missing, line.version, line.passed_at, line.passed_by
        )
        for line in found.lines
    )


def print_returns(found: ReturnList, language: Language) -> None:
    """Print how the returns of a stage stand."""
    listed = table(
        language,
        *(Label.UNIT, Label.STATUS, Label.WHO),
        right=(Label.VERSION, Label.MISSING),
        title=found.campaign_title.of(language),
    )
    for line in found.lines:
        listed.add_row(
            f"{line.unit_name}\n{line.unit}",
            spell_out(line.status, language),
            line.passed_by or "",
            str(line.version or ""),
            str(line.missing or ""),
        )
    console().print(listed)


def passed_on_shape(passed: PassedOn) -> PassedOnShape:
    """Give what `return pass-on --json` prints."""
    return PassedOnShape(passed.stage, passed.unit, passed.version, passed.is_new, plain_figures(passed.figures))


def passed_on_line(passed: PassedOn) -> Said:
    """Say in one line what became of passing a return on."""
    if passed.is_new:
        told = Said("passed on, version {version}", version=passed.version)
    else:
        told = Said("version {version} stands already; nothing was changed", version=passed.version)
    return Said("{unit} {stage}: {told}", unit=passed.unit, stage=passed.stage, told=told)


def corrected_line(units: Sequence[str]) -> Said:
    """Say in one line who has to pass on again."""
    return Said("to be passed on again by: {units}", units=", ".join(units))


def suggestion_shapes(branch: BranchState) -> tuple[SuggestionShape, ...]:
    """Give what `return propose --json` prints."""
    return tuple(_suggestions(branch))


def print_suggestions(branch: BranchState, language: Language) -> None:
    """Print what the forms of a branch propose, and where each value comes from."""
    listed = table(language, Label.TASK, Label.FIGURES, Label.SOURCE, right=(Label.VALUE,), title=branch.name)
    for each in _suggestions(branch):
        listed.add_row(f"{each.stage}/{each.task}", each.figure, say(each.source, language), str(each.value))
    console().print(listed)


def _suggestions(branch: BranchState) -> Iterator[SuggestionShape]:
    for work in branch.works:
        for figure, each in work.suggested.items():
            yield SuggestionShape(work.task.stage, work.task.task, figure, plain_number(each.value), each.origin)

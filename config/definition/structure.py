"""Checks that look at more than one entry of a campaign file: what is named twice, and what waits for what.

They work on plain values as they stand in the file and pass over whatever does not have its right shape, so that
they can speak up together with the faults of single keys.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from config.definition.consistency import FigureRule
from config.definition.expressions import Opening
from config.definition.written import Entry, count, entries, items, written_stages
from config.documents import KeyPath, PathFault
from config.said import Said
from config.vocabulary import FigureKind

__all__ = ["FAULT", "KeyPath", "PathFault", "find_faults"]

FAULT = "campaign_structure"
"""The type under which Pydantic reports these faults."""


def find_faults(data: Mapping[str, Any]) -> Iterator[PathFault]:
    """Find what does not fit together in a campaign."""
    waves, figures = entries((), data, "waves"), entries((), data, "figures")
    written = written_stages(data)
    stages, tasks = [each.entry for each in written], [each.tasks for each in written]
    yield from _find_doubles(waves, Said("wave"))
    yield from _find_doubles(figures, Said("figure"))
    yield from _find_doubles(stages, Said("stage"))
    for of_one_stage in tasks:
        yield from _find_doubles(of_one_stage, Said("task"))
    yield from _find_shared_units(waves)
    yield from _find_bad_waits(stages)
    yield from _find_mixed_figures(figures, [task for of_one_stage in tasks for task in of_one_stage])
    for (_, stage), of_one_stage in zip(stages, tasks, strict=True):
        for task in of_one_stage:
            yield from _find_bad_rules(task, bool(stage.get("repeats") or stage.get("period")))
    for path, stage in entries((), data, "stages"):
        for task in entries(path, stage, "tasks"):
            yield from _find_idle_times(task, stage)
    yield from _find_bad_periods(stages)


def _find_doubles(entries: Iterable[Entry], noun: Said) -> Iterator[PathFault]:
    seen = set()
    for path, entry in entries:
        code = entry.get("code")
        if not isinstance(code, str):
            continue
        if code in seen:
            yield (*path, "code"), Said("there is a {noun} {code} already", noun=noun, code=code)
        seen.add(code)


def _find_shared_units(waves: Iterable[Entry]) -> Iterator[PathFault]:
    owners: dict[str, Any] = {}
    rest = None
    for path, wave in waves:
        units = [(i, unit) for i, unit in items(wave, "units") if isinstance(unit, str)]
        for i, unit in units:
            if unit in owners:
                yield (*path, "units", i), Said("{unit} is in wave {wave} already", unit=unit, wave=owners[unit])
            owners.setdefault(unit, wave.get("code"))
        if wave.get("units"):
            continue
        if rest is not None:
            yield path, Said("wave {wave} takes everyone else already; name the units of this one", wave=rest)
        rest = rest or wave.get("code")


def _find_bad_waits(stages: Sequence[Entry]) -> Iterator[PathFault]:
    codes = [stage.get("code") for _, stage in stages]
    awaited = {stage["code"]: _awaited(stage) for _, stage in stages if isinstance(stage.get("code"), str)}
    for position, (path, stage) in enumerate(stages):
        wanted = _awaited(stage)
        if wanted is None:
            continue
        circle = _circle(stage.get("code"), awaited)
        if wanted not in codes:
            known = ", ".join(code for code in codes if isinstance(code, str))
            yield (
                (*path, "opens"),
                Said("waits for a stage {wanted} that is not there (there are: {known})", wanted=wanted, known=known),
            )
        elif wanted == stage.get("code"):
            yield (*path, "opens"), Said("{stage} waits for itself", stage=wanted)
        elif circle:
            yield (*path, "opens"), Said("waits in a circle: {circle}", circle=" > ".join(circle))
        elif codes.index(wanted) > position:
            yield (
                (*path, "opens"),
                Said("waits for {wanted}, which stands further down; put that stage first", wanted=wanted),
            )


def _awaited(stage: Mapping[str, Any]) -> str | None:
    try:
        return Opening.parse(stage["opens"]).stage
    except (KeyError, ValueError, AttributeError):
        return None


def _circle(start: Any, awaited: Mapping[str, str | None]) -> list[str]:
    """Follow what waits for what from `start`; give the way back to it, or nothing when there is none."""
    way = [start]
    while (wanted := awaited.get(way[-1])) is not None and wanted not in way[1:]:
        way.append(wanted)
        if wanted == start:
            return way
    return []


def _find_mixed_figures(declared: Iterable[Entry], tasks: Iterable[Entry]) -> Iterator[PathFault]:
    kinds = {figure["code"]: _kind(figure) for _, figure in declared if isinstance(figure.get("code"), str)}
    for path, task in tasks:
        asked = set()
        for i, figure in items(task, "figures"):
            code = figure.get("code") if isinstance(figure, Mapping) else figure
            if not isinstance(code, str):
                continue
            if code in asked:
                yield (*path, "figures", i), Said("the task asks for {code} twice", code=code)
            asked.add(code)
            if isinstance(figure, Mapping) and (kind := _kind(figure)) != kinds.setdefault(code, kind):
                yield (
                    (*path, "figures", i),
                    Said(
                        "{code} is of the kind {kind} here and {other} elsewhere",
                        code=code,
                        kind=kind,
                        other=kinds[code],
                    ),
                )


def _find_bad_rules(task: Entry, is_periodic: bool) -> Iterator[PathFault]:
    path, said = task
    named = (figure.get("code") if isinstance(figure, Mapping) else figure for _, figure in items(said, "figures"))
    asked = {code for code in named if isinstance(code, str)}
    for i, text in items(said, "rules"):
        try:
            rule = FigureRule.parse(text)
        except (ValueError, AttributeError):
            continue
        unknown = [code for code in rule.codes if code not in asked]
        if unknown:
            yield (*path, "rules", i), Said("the task asks for no figure {code}", code=unknown[0])
        elif rule.looks_back and not is_periodic:
            yield (*path, "rules", i), Said("looks back to the period before, and the stage does not repeat")


def _find_idle_times(task: Entry, stage: Mapping[str, Any]) -> Iterator[PathFault]:
    (place, said), repeats = task, stage.get("repeats")
    for i, number in items(said, "only"):
        if not isinstance(repeats, Mapping):
            yield (*place, "only", i), Said("the stage does not repeat")
        elif count(number) > count(repeats.get("times")) > 0:
            yield (*place, "only", i), Said("there is no time {number}", number=number)


def _find_bad_periods(stages: Sequence[Entry]) -> Iterator[PathFault]:
    earlier: list[Any] = []
    for path, stage in stages:
        period = stage.get("period")
        follows = period.get("follows") if isinstance(period, Mapping) else None
        if isinstance(follows, str) and follows not in earlier:
            yield (*path, "period", "follows"), Said("there is no stage {code} further up", code=follows)
        earlier.append(stage.get("code"))


def _kind(figure: Mapping[str, Any]) -> Any:
    return figure.get("kind", FigureKind.COUNT)

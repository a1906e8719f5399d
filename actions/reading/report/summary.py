"""Read the report of a campaign: every number in it is a query over what was recorded."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session

from actions.house import House
from actions.measures.extent import Extent
from actions.measures.parts import Parts, parts_below
from actions.reading.measures import Figure, amount_of, check_scope, figures_of, table_of_figures, units_of
from actions.reading.overview.ground import Ground, open_ground
from actions.reading.report.asked import read_asked
from actions.reading.report.columns import on_pages
from actions.reading.report.exemplars import read_exemplars
from actions.reading.report.open_problems import read_open_problems
from actions.reading.report.problems import count_all_problems, problems_by_category, problems_by_unit
from actions.reading.report.stages import read_overrides, read_stages
from actions.reading.report.work import read_afterwards, work_by_unit
from config.errors import Refusal
from config.vocabulary import Measure
from models.database import snapshot
from models.queries import find_unit
from models.scope import EVERYTHING, Scope
from reports.groups import GROUPS
from reports.report import FigureRow, Report, UnitRow, UnitTable


def read_report(
    house: House,
    campaign: str,
    *,
    now: datetime,
    unit: str | None = None,
    since: date | None = None,
    until: date | None = None,
    scope: Scope = EVERYTHING,
) -> Report:
    """Read all that the report says, at one moment of the database.

    It is about a unit and all below it, or all that the scope sees; figures are of the days from `since` through
    `until`, work as it stands at `now`, or stood when the campaign ended. Raises Unknown for a campaign or unit that
    is not there, Forbidden to whoever sees branches alone, and Refusal for a period that ends before it begins.
    """
    check_scope(scope)
    if since and until and since > until:
        raise Refusal("period: {since} is after {until}", since=since, until=until)
    with snapshot(house.engine) as session:
        ground = open_ground(session, house, campaign, scope, now=now)
        named = find_unit(session, unit, scope) if unit is not None else None
        if named is not None:
            ground = ground.seen_from(named)
        extent = Extent.of(ground.rulebook, since, until)
        parts, units = parts_below(session, unit, scope), units_of(session, unit, scope)
        figures = figures_of(session, extent, tuple(Measure), unit, scope)
        problems = count_all_problems(session, extent, units)
        definition = ground.rulebook.definition
        return Report(
            title=definition.title,
            note=definition.note,
            unit=_whose(ground),
            since=since,
            until=until,
            first_day=min(place.window.first_day for place in ground.places),
            last_day=max(place.window.last_day for place in ground.places),
            written_on=ground.today,
            figures=tuple(FigureRow(each.measure, each.value, each.source) for each in figures if each.value),
            tables=tuple(_tables(session, extent, figures, parts)),
            asked=read_asked(session, ground.rulebook, extent, units, parts),
            problems_by_unit=problems_by_unit(session, extent, parts, problems),
            problems_by_category=problems_by_category(session, extent, units, problems),
            open_problems=read_open_problems(session, ground.rulebook, extent, units),
            exemplars=read_exemplars(session, extent, units),
            stages=read_stages(ground),
            work_by_unit=work_by_unit(ground, parts, units),
            afterwards=read_afterwards(ground, extent, units),
            overrides=read_overrides(ground),
        )


def _whose(ground: Ground) -> str | None:
    """Name the part of the tree that is looked at, where that is not all of it."""
    return None if ground.is_whole or ground.unit is None else ground.unit.name


def _tables(session: Session, extent: Extent, figures: tuple[Figure, ...], parts: Parts) -> Iterator[UnitTable]:
    """Lay the measures that came to something out by part, group by group and no wider than a page."""
    came_to = {figure.measure: figure for figure in figures if figure.value}
    for group in GROUPS:
        for asked in on_pages([measure for measure in group.measures if measure in came_to]):
            found = table_of_figures(session, extent, asked, parts)
            yield UnitTable(
                measures=asked,
                rows=tuple(
                    UnitRow(
                        part.unit_name,
                        tuple(part.values[each] for each in asked),
                        tuple(amount_of(found.sources[each], part.unit) for each in asked),
                    )
                    for part in found.parts
                ),
                totals=tuple(came_to[each].value for each in asked),
                sources=tuple(came_to[each].source for each in asked),
            )

"""Read the return of a unit as the form that is handed up."""

from actions.house import House
from actions.reading.report.return_sources import ReturnSources
from actions.reading.returns import ReturnState, read_return
from actions.returns.place import find_return_place
from actions.rulebook import open_rulebook
from config.definition.text import Text
from models.database import snapshot
from models.scope import EVERYTHING, Scope
from reports.form import Form, FormRow
from rules.deadlines import local_day

OWN = Text(zh="本级支部", en="Own branches")
"""The part that a unit's own branches bring."""


def read_form(
    house: House, campaign: str, stage: str, unit: str, *, version: int | None = None, scope: Scope = EVERYTHING
) -> Form:
    """Read a version of a return, or the one that stands, or else what would be passed on; raises as `read_return`."""
    found = read_return(house, campaign, stage, unit, version=version, scope=scope)
    with snapshot(house.engine) as session:
        rulebook = open_rulebook(session, house, campaign)
        place = find_return_place(session, rulebook, stage, unit, scope)
        sources = ReturnSources(session, rulebook, place, found)
        return _form_of(found, rulebook.definition.note, sources)


def _form_of(found: ReturnState, note: Text | None, sources: ReturnSources) -> Form:
    shown = next((each for each in found.versions if each.version == found.shown), None)
    return Form(
        campaign=found.campaign_title,
        note=note,
        stage=found.stage_title,
        unit=found.unit_name,
        since=found.period.since,
        until=found.period.until,
        status=found.status,
        version=found.shown,
        passed_on=local_day(shown.passed_at, found.zone) if shown else None,
        passed_by=shown.passed_by if shown else None,
        reason=shown.reason if shown else None,
        missing=shown.missing if shown else len(found.missing),
        parts=tuple(OWN if part.is_own else Text.same(part.unit_name) for part in found.parts),
        rows=tuple(
            FormRow(
                title=spec.title,
                kind=spec.kind,
                counted_in=spec.unit,
                value=found.figures.get(spec.code),
                before=found.before.get(spec.code),
                recorded=found.recorded.get(spec.code),
                parts=tuple(part.figures.get(spec.code) for part in found.parts),
                source=sources.value(spec),
                source_before=sources.before(spec),
                source_recorded=sources.recorded(spec),
                source_parts=tuple(sources.part(spec, part) for part in found.parts),
            )
            for spec in found.specs
        ),
    )

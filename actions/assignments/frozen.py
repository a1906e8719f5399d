"""Work whose figures were passed on: it stays as it is until a return above it is corrected."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from actions.assignments.named import Work
from actions.rulebook import Rulebook
from actions.titles import name_stage
from config.errors import Refusal
from config.said import Said
from models.campaign import Stage
from models.returned import UnitReturn
from models.unit import Unit, codes_of
from rules.deadlines import local_day


class Frozen(Refusal):
    """Work that a unit has passed on."""


def find_frozen(session: Session, rulebook: Rulebook, works: Iterable[Work]) -> dict[int, Frozen]:
    """Return, by the ids of those that a return holds fast, why they are.

    A return holds whatever counts for its unit and for those below, until it is corrected. Read after the work was
    locked, so that no return is passed on beside a change.
    """
    periodic = [work for work in works if rulebook.definition.stage(work.stage).period is not None]
    if not periodic:
        return {}
    paths = _paths(session, {work.unit_id for work in periodic})
    above = {path: codes_of(path)[::-1] for path in paths.values()}
    query = (
        select(col(Stage.code), col(Unit.code), col(Unit.name), col(UnitReturn.passed_by), col(UnitReturn.passed_at))
        .join(Stage, col(Stage.id) == UnitReturn.stage_id)
        .join(Unit, col(Unit.id) == UnitReturn.unit_id)
        .where(
            col(Stage.campaign_id) == rulebook.campaign_id,
            col(Unit.code).in_({code for codes in above.values() for code in codes}),
            col(UnitReturn.replaced_at).is_(None),
            col(UnitReturn.outdated_at).is_(None),
        )
    )
    held = {(stage, code): (name, who, when) for stage, code, name, who, when in session.execute(query).tuples()}
    frozen: dict[int, Frozen] = {}
    for work in periodic:
        nearest = next((code for code in above[paths[work.unit_id]] if (work.stage, code) in held), None)
        if nearest is not None:
            name, who, when = held[work.stage, nearest]
            frozen[work.id] = Frozen(
                "{work}: {unit} passed {stage} on, on {day} by {who}; its return has to be corrected first",
                hint=Said("see `rollcall return correct`"),
                work=work.titled(rulebook),
                unit=name,
                stage=name_stage(rulebook, work.stage),
                day=local_day(when, rulebook.zone),
                who=who,
            )
    return frozen


def check_not_frozen(session: Session, rulebook: Rulebook, work: Work) -> None:
    """Raise Frozen where a return holds this work."""
    for reason in find_frozen(session, rulebook, [work]).values():
        raise reason


def _paths(session: Session, units: set[int]) -> dict[int, str]:
    query = select(col(Unit.id), col(Unit.path)).where(col(Unit.id).in_(units))
    return dict(session.execute(query).tuples().all())

"""Enrol branches into the waves of a campaign."""

from datetime import date

from sqlalchemy import Date, literal, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from actions.rulebook import Rulebook
from config.vocabulary import BranchStatus
from models.branch import Branch
from models.campaign import Enrolment, Wave
from models.dialects import count_changed, insert_found
from models.queries import below, find_unit
from models.unit import Unit


def enrol(session: Session, rulebook: Rulebook, *, since: date | None) -> int:
    """Enrol every active branch that is not yet in the campaign; return how many there were.

    A wave that names units takes these and all below them, the wave without units everyone else. `since`
    is the local day on which newcomers join; without it they have been there since their wave started.
    Set-based, and harmless when it is repeated.
    """
    waves = session.exec(select_rows(Wave).where(Wave.campaign_id == rulebook.campaign_id).order_by(col(Wave.position)))
    enrolled = 0
    # Named units first: whoever is in none of them is left for the wave of everyone else.
    for wave in sorted(waves, key=lambda wave: not rulebook.definition.wave(wave.code).units):
        enrolled += _enrol_wave(session, rulebook, wave, since or wave.starts)
    return enrolled


def _enrol_wave(session: Session, rulebook: Rulebook, wave: Wave, joined_on: date) -> int:
    names = rulebook.definition.wave(wave.code).units
    newcomers = (
        select(literal(rulebook.campaign_id), col(Branch.id), literal(wave.id), literal(joined_on, Date))
        .join(Unit, col(Unit.id) == Branch.unit_id)
        .where(
            col(Branch.status) == BranchStatus.ACTIVE,
            col(Branch.id).not_in(
                select(col(Enrolment.branch_id)).where(col(Enrolment.campaign_id) == rulebook.campaign_id)
            ),
        )
        .order_by(col(Branch.id))
    )
    if names:
        newcomers = newcomers.where(or_(*(below(find_unit(session, name)) for name in names)))
    columns = ["campaign_id", "branch_id", "wave_id", "joined_on"]
    return count_changed(session, insert_found(Enrolment, columns, newcomers, "DO NOTHING"))

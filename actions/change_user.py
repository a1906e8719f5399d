"""Change what a user may do, and where."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from actions.access.keepers import refuse_to_lose_last_keeper
from actions.access.places import check_place
from actions.access.stands import check_user_as_seen
from actions.events import event_row, record
from actions.house import House
from config.one_line import check_name
from config.vocabulary import EventKind, UserRole
from models.database import transaction
from models.officer import Officer
from models.queries import find_officer, find_unit, find_user
from models.unit import Unit
from models.user import LONGEST_NAME, User


@dataclass(frozen=True, slots=True)
class Position:
    """What a user is called and does; `unit` and `officer` say where the role holds, neither means everywhere."""

    name: str
    role: UserRole
    unit: str | None = None
    officer: str | None = None


def change_user(
    house: House, login: str, position: Position, *, actor: str, now: datetime, seen: str | None = None
) -> bool:
    """Give a user another name, role or scope, from their next page on; False when nothing is different.

    `seen` is the `UserState.seen` that whoever changes it looked at, None where nobody looked. Raises Refusal for an
    unknown user, unit or officer, a scope that does not belong to the role, and the last one who keeps the users, and
    Stale for a user who is not as they were seen.
    """
    name = check_name(position.name, LONGEST_NAME)
    check_place(login, position.role, position.unit, position.officer)
    with transaction(house.engine) as session:
        user = find_user(session, login, lock=True)
        before = _facts(session, user)
        unit = find_unit(session, position.unit).id if position.unit else None
        officer = find_officer(session, position.officer).id if position.officer else None
        if (user.name, user.role, user.unit_id, user.officer_id) == (name, position.role, unit, officer):
            return False
        check_user_as_seen(user, seen)
        user.name, user.role, user.unit_id, user.officer_id = name, position.role, unit, officer
        refuse_to_lose_last_keeper(session, user)
        changed = event_row(
            EventKind.USER_CHANGED,
            f"user {user.login}",
            at=now,
            actor=actor,
            before=before,
            after=_facts(session, user),
        )
        record(session, changed)
    return True


def _facts(session: Session, user: User) -> dict[str, str | None]:
    """Return what is kept on record of a user's position."""
    unit = session.get_one(Unit, user.unit_id).code if user.unit_id is not None else None
    officer = session.get_one(Officer, user.officer_id).code if user.officer_id is not None else None
    return {"name": user.name, "role": user.role, "unit": unit, "officer": officer}

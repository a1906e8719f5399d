"""Change one's own name and language."""

from datetime import datetime

from actions.events import event_row, record
from actions.house import House
from config.one_line import check_name
from config.vocabulary import EventKind, Language
from models.database import transaction
from models.queries import find_user
from models.user import LONGEST_NAME


def change_account(house: House, login: str, name: str, language: Language | None, *, now: datetime) -> bool:
    """Give a user the name and language they want, that of the browser without one; False when they are the same.

    Raises Refusal for a name that is none.
    """
    name = check_name(name, LONGEST_NAME)
    with transaction(house.engine) as session:
        user = find_user(session, login, lock=True)
        before = {"name": user.name, "language": user.language}
        after = {"name": name, "language": language}
        if before == after:
            return False
        user.name, user.language = name, language
        changed = event_row(EventKind.USER_CHANGED, f"user {login}", at=now, actor=login, before=before, after=after)
        record(session, changed)
    return True

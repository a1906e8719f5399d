"""Change one's own name and language."""

from datetime import datetime

from actions.access.stands import check_user_as_seen
from actions.events import event_row, record
from actions.house import House
from config.one_line import check_name
from config.vocabulary import EventKind, Language
from models.database import transaction
from models.queries import find_user
from models.user import LONGEST_NAME


def change_account(
    house: House, login: str, name: str, language: Language | None, *, now: datetime, seen: str | None = None
) -> bool:
    """Give a user the name and language they want, that of the browser without one; False when they are the same.

    `seen` is the `Account.seen` that they looked at, None where nobody looked. Raises Refusal for a name that is none,
    and Stale for an account that is not as it was seen.
    """
    name = check_name(name, LONGEST_NAME)
    with transaction(house.engine) as session:
        user = find_user(session, login, lock=True)
        before = {"name": user.name, "language": user.language}
        after = {"name": name, "language": language}
        if before == after:
            return False
        check_user_as_seen(user, seen)
        user.name, user.language = name, language
        changed = event_row(EventKind.USER_CHANGED, f"user {login}", at=now, actor=login, before=before, after=after)
        record(session, changed)
    return True

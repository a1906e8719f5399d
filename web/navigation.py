"""Where the head of every page leads, for whom."""

from actions.access.caller import Caller
from config.vocabulary import Permission, UserRole


def say(words: str) -> str:
    """Mark words to be translated where they are shown."""
    return words


_DOORS = (
    ("/", say("Campaigns"), Permission.VIEW),
    ("/requests", say("Requests"), Permission.DECIDE),
    ("/notices", say("Notices"), Permission.VIEW),
    ("/silences", say("Silences"), Permission.SILENCE),
    ("/people", say("People"), Permission.KEEP_PEOPLE),
    ("/launch", say("Launch"), Permission.STEER),
    ("/audit", say("Audit"), Permission.READ_AUDIT),
    ("/users", say("Users"), Permission.KEEP_USERS),
)
_DAY = ("/day", say("My day"))


def doors_of(caller: Caller) -> tuple[tuple[str, str], ...]:
    """Return the addresses that a caller may go to, with the words to be translated; an officer's day comes first."""
    own = (_DAY,) if caller.role is UserRole.OFFICER else ()
    return own + tuple((address, words) for address, words, permission in _DOORS if caller.may(permission))

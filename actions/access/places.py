"""Where a role holds: in a unit and all below it, for an officer's branches, or everywhere."""

from config.errors import Refusal
from config.vocabulary import UserRole


def check_place(login: str, role: UserRole, unit: str | None, officer: str | None) -> None:
    """Raise Refusal for a scope that does not belong to the role."""
    if (role is UserRole.OFFICER) != bool(officer) or (officer and unit):
        raise Refusal("user {login}: an officer is named for the role officer alone, and then no unit", login=login)
    if role is UserRole.GROUP and not unit:
        raise Refusal("user {login}: a group guides a unit; say which", login=login)

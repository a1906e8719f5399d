"""Who may log in."""

from collections.abc import Iterable

from actions.reading.users import UserState
from cli.labels import Label
from cli.printing import console, table
from cli.shapes.users import UserShape
from config.spoken import say
from config.vocabulary import Language


def user_shapes(users: Iterable[UserState]) -> tuple[UserShape, ...]:
    """Give the users as `user list --json` prints them."""
    return tuple(
        UserShape(
            login=user.login,
            name=user.name,
            role=user.role,
            unit=user.unit,
            officer=user.officer,
            language=user.language,
            status=user.status,
            has_password=user.has_password,
            subject=user.subject,
            added_at=user.added_at,
            seen_at=user.seen_at,
        )
        for user in users
    )


def print_users(users: Iterable[UserState], language: Language) -> None:
    """Print the users as a table."""
    listed = table(language, Label.LOGIN, Label.NAME, Label.ROLE, Label.UNIT, Label.OFFICER, Label.STATUS)
    for user in users:
        listed.add_row(
            user.login,
            user.name,
            say(user.role, language),
            user.unit_name or "",
            user.officer_name or "",
            say(user.status, language),
        )
    console().print(listed)

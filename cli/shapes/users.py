"""The JSON of users."""

from dataclasses import dataclass
from datetime import datetime

from config.vocabulary import Language, UserRole, UserStatus


@dataclass(frozen=True, slots=True)
class UserShape:
    """A line of `user list`; `unit` and `officer` say where the role holds, neither means everywhere."""

    login: str
    name: str
    role: UserRole
    unit: str | None
    officer: str | None
    language: Language | None
    status: UserStatus
    has_password: bool
    subject: str | None
    added_at: datetime
    seen_at: datetime | None

"""Users: who logs in to the pages or asks the API, and how that is proved."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field

from config.vocabulary import Language, UserRole, UserStatus
from models.base import Row, choice

LONGEST_LOGIN = 100
LONGEST_NAME = 200
LONGEST_SUBJECT = 255


class User(Row, table=True):
    """Somebody with an account at the pages.

    A coordinator, group or viewer sees `unit_id` and all below it, or everything where there is none; an
    officer sees what `officer_id` answers for. `password_hash` is Argon2's (none: logs in by `subject`, the
    name that the provider of single sign-on gives). `login` is kept in lower case. `link_epoch` goes into the
    address of every calendar feed of theirs: raising it makes all of them invalid.
    """

    __table_args__ = (
        CheckConstraint("(role = 'officer') = (officer_id IS NOT NULL)", name="officer_is_named"),
        CheckConstraint("officer_id IS NULL OR unit_id IS NULL", name="one_scope"),
    )

    id: int = Field(default=None, primary_key=True)
    login: str = Field(max_length=LONGEST_LOGIN, unique=True)
    name: str = Field(max_length=LONGEST_NAME)
    role: UserRole = Field(sa_type=choice(UserRole))
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    password_hash: str | None = Field(default=None, max_length=200)
    subject: str | None = Field(default=None, max_length=LONGEST_SUBJECT, unique=True)
    language: Language | None = Field(default=None, sa_type=choice(Language))
    status: UserStatus = Field(default=UserStatus.ACTIVE, sa_type=choice(UserStatus))
    added_at: datetime
    added_by: str = Field(max_length=100)
    link_epoch: int = Field(default=0)


class Login(Row, table=True):
    """One browser in which a user is logged in, until `ends_at`, until it is ended or was not used for too long.

    `agent` is what the browser calls itself. `seen_at` may be some minutes behind.
    `digest` is that of the secret which the browser keeps: who reads the table cannot log in by it.
    """

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    digest: str = Field(max_length=64, unique=True)
    agent: str = Field(max_length=200)
    started_at: datetime
    seen_at: datetime
    ends_at: datetime = Field(index=True)
    ended_at: datetime | None = None


class FailedLogin(Row, table=True):
    """A password that was wrong, or is being looked at: under the keyed digest of the login, or of the address."""

    __tablename__ = "failed_login"
    __table_args__ = (Index("ix_failed_login_fingerprint_at", "fingerprint", "at"),)

    id: int = Field(default=None, primary_key=True)
    fingerprint: str = Field(max_length=64)
    at: datetime = Field(index=True)


class Token(Row, table=True):
    """A secret by which a program asks in a user's name; `scopes` are `TokenScope`s with spaces between."""

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    name: str = Field(max_length=100)
    digest: str = Field(max_length=64, unique=True)
    scopes: str = Field(max_length=100)
    added_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class Reply(Row, table=True):
    """What a write was answered with under an Idempotency-Key, so that its repeat is answered alike.

    `fingerprint` is the digest of the request: the same key for another request is refused.
    """

    user_id: int = Field(foreign_key="user.id", primary_key=True)
    key: str = Field(max_length=200, primary_key=True)
    fingerprint: str = Field(max_length=64)
    status: int
    body: str = Field(sa_type=Text)
    at: datetime = Field(index=True)

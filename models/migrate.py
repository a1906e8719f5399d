"""Bring a database to this version's tables, and refuse one of a newer version."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from config.errors import Refusal
from models.database import READ_ONLY

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATION_LOCK = 5_760_421
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaState(StrEnum):
    """How a database's tables compare with this version's."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision; harmless when it is there already.

    Raises Refusal when the database was written by a newer version.
    """
    if schema_state(engine) is SchemaState.CURRENT:
        return
    from alembic import command

    settings = _settings()
    with _migrating(engine) as connection:
        if engine.dialect.name == "postgresql":  # SQLite's writers already wait for one another
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """Open the one transaction of the migrations.

    SQLite alters a table by making it anew and dropping the old one, which its foreign keys would not let go:
    they are looked at once, at the end. The pragma has no effect inside a transaction.
    """
    with engine.connect() as connection, _unguarded(connection), connection.begin():
        yield connection
        if engine.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
            raise Refusal("the database was left as it was: some of its rows point at others that are not there")


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Switch SQLite's foreign keys off for a while; on PostgreSQL nothing is changed."""
    driver = connection.connection.dbapi_connection
    if driver is None or connection.dialect.name != "sqlite":
        yield
        return
    driver.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys=ON")


def schema_state(engine: Engine) -> SchemaState:
    """Tell whether the database is empty, older than this version, or current; Refusal when it is newer.

    Every command asks this first: a database that is current is known without Alembic, which takes long to load.
    """
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        revision = _revision(connection)
    if revision is None:
        return SchemaState.EMPTY
    if revision == _newest():
        return SchemaState.CURRENT
    from alembic.script import ScriptDirectory

    if revision not in {step.revision for step in ScriptDirectory.from_config(_settings()).walk_revisions()}:
        where = engine.url.render_as_string(hide_password=True)
        raise Refusal(
            "the database {where} is of a newer version (schema {revision}); upgrade Rollcall to open it",
            where=where,
            revision=revision,
        )
    return SchemaState.OLDER


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return revision


def _newest() -> str:
    """Return the newest revision: the files of the migrations begin with the number of theirs."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _settings() -> "Config":
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings

"""Bring a database to this version's tables, and refuse one of a newer version."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from config.errors import Refusal

MIGRATION_LOCK = 5_760_421


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
    settings = _settings()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # SQLite's writers already wait for one another
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def schema_state(engine: Engine) -> SchemaState:
    """Tell whether the database is empty, older than this version, or current; Refusal when it is newer."""
    script = ScriptDirectory.from_config(_settings())
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        return SchemaState.EMPTY
    if revision == script.get_current_head():
        return SchemaState.CURRENT
    if revision not in {step.revision for step in script.walk_revisions()}:
        where = engine.url.render_as_string(hide_password=True)
        raise Refusal(f"the database {where} is of a newer version (schema {revision}); upgrade Rollcall to open it")
    return SchemaState.OLDER


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings

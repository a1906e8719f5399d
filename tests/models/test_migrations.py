"""Migrations bring a database to the tables that the models speak of, and to no others."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from config.errors import Refusal
from models.database import connect
from models.migrate import SchemaState, _settings, schema_state, upgrade
from models.tables import complete_metadata

VERSION_TABLE = "alembic_version"


def emptied(engine: Engine) -> Engine:
    """Take every table out of a database."""
    metadata = complete_metadata()
    metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    assert inspect(engine).get_table_names() == []
    return engine


def described(engine: Engine) -> dict[str, Any]:
    """Everything that the database itself says about its tables, in an order of no importance."""
    there = inspect(engine)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in there.get_columns(table)],
            "primary key": there.get_pk_constraint(table),
            "foreign keys": _sorted(there.get_foreign_keys(table)),
            "unique": _sorted(there.get_unique_constraints(table)),
            "checks": _sorted(there.get_check_constraints(table)),
            "indexes": [_plain(index) for index in _sorted(there.get_indexes(table))],
        }
        for table in there.get_table_names()
        if table != VERSION_TABLE
    }


def _sorted(found: list[Any]) -> list[Any]:
    return sorted(found, key=lambda part: str(part["name"]))


def _plain(index: Any) -> dict[str, Any]:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def test_migrations_and_models_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, complete_metadata()) == []


def test_migrations_make_the_very_tables_that_the_models_would(engine: Engine) -> None:
    migrated = described(engine)
    complete_metadata().create_all(emptied(engine))
    made = described(engine)
    assert migrated.keys() == made.keys()
    for table in made:
        assert migrated[table] == made[table]


def test_the_sweep_has_its_partial_index(engine: Engine) -> None:
    for table in ("assignment", "problem"):
        (index,) = [
            index for index in described(engine)[table]["indexes"] if index["name"] == f"ix_{table}_next_reminder_at"
        ]
        (condition,) = [value for name, value in index["dialect_options"].items() if name.endswith("_where")]
        assert condition.strip("()") == "next_reminder_at IS NOT NULL"


def test_an_empty_database_is_brought_up_and_stays_so(engine: Engine) -> None:
    before = described(engine)
    emptied(engine)
    assert schema_state(engine) is SchemaState.EMPTY
    upgrade(engine)
    assert schema_state(engine) is SchemaState.CURRENT
    assert described(engine) == before
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO unit (code, name, level, path) VALUES ('R', '城', 'city', '/R/')"))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM unit")).scalar_one() == "城"


def test_a_database_of_a_newer_version_is_refused_in_one_line_without_its_password(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    before = described(engine)
    if engine.dialect.name == "postgresql":
        engine = connect(engine.url.set(password="secret").render_as_string(hide_password=False))
    for step in (schema_state, upgrade):
        with pytest.raises(Refusal, match=r"newer version \(schema 9999\)") as refused:
            step(engine)
        assert "\n" not in str(refused.value)
        assert "secret" not in str(refused.value)
    assert described(engine) == before
    engine.dispose()


def test_the_way_down_leaves_nothing(engine: Engine) -> None:
    settings = _settings()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
    assert inspect(engine).get_table_names() == [VERSION_TABLE]
    upgrade(engine)
    assert schema_state(engine) is SchemaState.CURRENT


def test_two_that_bring_up_one_empty_database_do_not_disturb_each_other(engine: Engine) -> None:
    emptied(engine)
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    with _upgrading(url) as first, _upgrading(url) as second:
        assert (first.wait(60), second.wait(60)) == (0, 0)
    assert schema_state(engine) is SchemaState.CURRENT


@contextmanager
def _upgrading(url: str) -> Iterator[subprocess.Popen[bytes]]:
    program = f"from models.database import connect\nfrom models.migrate import upgrade\nupgrade(connect({url!r}))"
    house = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", program], cwd=house)
    try:
        yield process
    finally:
        process.kill()
        process.wait()

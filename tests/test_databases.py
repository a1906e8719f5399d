"""The databases that the tests stand on: real, migrated, and one for each test."""

import pytest
from sqlalchemy import Engine, inspect, text


def test_both_databases_are_real(engine: Engine) -> None:
    asked = {"sqlite": "SELECT 'SQLite ' || sqlite_version()", "postgresql": "SELECT version()"}
    with engine.connect() as connection:
        answer = connection.execute(text(asked[engine.dialect.name])).scalar_one()
    assert answer.lower().startswith(engine.dialect.name)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_finds_nothing_of_another(engine: Engine, turn: str) -> None:
    assert "trace" not in inspect(engine).get_table_names()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE trace (turn TEXT)"))


def test_the_tables_are_there_and_empty(engine: Engine) -> None:
    tables = set(inspect(engine).get_table_names()) - {"alembic_version"}
    assert {"campaign", "branch", "assignment", "notice"} <= tables
    with engine.connect() as connection:
        filled = {table for table in tables if connection.execute(text(f'SELECT 1 FROM "{table}"')).first()}
    assert filled == set()

"""Many rows at once: they come in as they are, with the transaction, and are noticed."""

from sqlalchemy import Engine
from sqlmodel import select

from config.vocabulary import UnitLevel
from models.bulk import insert_rows
from models.changes import Changes
from models.database import snapshot, transaction
from models.unit import Unit

COLUMNS = ("code", "name", "level", "parent_id", "path")
NAMES = ["保定市", "a\tb", "c\\N", "\\.", 'd"e', "f'g", "h%s", "nul\nl", "", "NULL"]


def row(code: str, name: str) -> tuple[object, ...]:
    return code, name, UnitLevel.COUNTY.value, None, f"/{code}/"


def names(engine: Engine) -> dict[str, str]:
    with snapshot(engine) as session:
        return dict(session.exec(select(Unit.code, Unit.name)).all())


def test_texts_come_in_as_they_are(engine: Engine) -> None:
    given = {f"U{number}": name for number, name in enumerate(NAMES)}
    with transaction(engine) as session:
        insert_rows(session, Unit, COLUMNS, (row(*each) for each in given.items()))
    assert names(engine) == given
    with snapshot(engine) as session:
        assert {(unit.level, unit.parent_id) for unit in session.exec(select(Unit))} == {(UnitLevel.COUNTY, None)}


def test_they_go_when_the_transaction_goes(engine: Engine) -> None:
    with transaction(engine) as session:
        insert_rows(session, Unit, COLUMNS, [row("U1", "区")])
        session.rollback()
    assert names(engine) == {}


def test_no_rows_are_no_harm(engine: Engine) -> None:
    with transaction(engine) as session:
        insert_rows(session, Unit, COLUMNS, [])
    assert names(engine) == {}


def test_whoever_watches_the_table_sees_a_change(engine: Engine) -> None:
    changes = Changes(engine, [Unit])
    with transaction(engine) as session:
        insert_rows(session, Unit, COLUMNS, [row("U1", "区")])
    assert changes.count == 1

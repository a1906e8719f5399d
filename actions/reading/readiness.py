"""Tell whether requests can be answered: the database is there, and of this version."""

from sqlalchemy.exc import DatabaseError

from actions.house import House
from config.errors import Refusal
from models.migrate import SchemaState, schema_state


def check_readiness(house: House) -> None:
    """Raise Refusal in one line, fit for anybody's eyes, when the database is out of reach or of another version."""
    try:
        state = schema_state(house.engine)
    except DatabaseError:
        raise Refusal("the database cannot be reached") from None
    except Refusal:
        raise Refusal("the database is of a newer version") from None
    if state is not SchemaState.CURRENT:
        raise Refusal("the database waits for `rollcall db upgrade`")

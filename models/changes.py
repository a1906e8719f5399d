"""Notice when this process has changed some tables, so that what was read from them is read anew."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

from models.base import Row
from models.dialects import table_of

_STATEMENTS = 2_000


class Changes:
    """Counts the times that this process may have changed one of some tables, from the commit on.

    What another process changes it does not see.
    """

    def __init__(self, engine: Engine, models: Iterable[type[Row]]) -> None:
        """Watch an engine for as long as it lives."""
        names = "|".join(table_of(model).name for model in models)
        written = re.compile(rf'\b(?:INSERT INTO|UPDATE|DELETE FROM|LOCK TABLE) "?(?:{names})"?(?!\w)')
        self._changes = lru_cache(_STATEMENTS)(lambda statement: written.search(statement) is not None)
        self.count = 0
        event.listen(engine, "before_cursor_execute", self._look)
        event.listen(engine, "checkin", self._add)

    def _look(self, connection: Connection, _: Any, statement: str, *__: Any) -> None:
        if self._changes(statement):
            connection.info[self] = True

    def _add(self, _: Any, record: Any) -> None:
        # A connection goes back after the commit, and before anybody is told of it.
        if record.info.pop(self, False):
            self.count += 1

"""What statements that are put together once are given whenever they are executed."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    CursorResult,
    Dialect,
    Executable,
    SQLColumnExpression,
    Text,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

Instant = datetime | BindParameter[datetime]
"""An instant, or the parameter that stands for one."""


class Keys(TypeDecorator[Collection[int]]):
    """Any number of keys in one parameter, a text: that of an array on PostgreSQL, of JSON on SQLite."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> str:
        """Write the keys."""
        keys = json.dumps(list(value or ()))
        return f"{{{keys[1:-1]}}}" if dialect.name == "postgresql" else keys


class Codes(TypeDecorator[Collection[str]]):
    """The same for codes."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose by the database."""
        return dialect.type_descriptor(ARRAY(Text) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        """Write the codes."""
        codes = list(value or ())
        return codes if dialect.name == "postgresql" else json.dumps(codes)


_ARRAYS: Mapping[type, str] = {Keys: "INTEGER[]", Codes: "TEXT[]"}
"""What their parameters are on PostgreSQL."""


class among(FunctionElement[bool]):  # noqa: N801 - it is called like a function of SQL
    """Tell whether a column is among the keys of a parameter.

    A list in IN is as many parameters as it has keys: the statement is another one for each length, and PostgreSQL's
    driver reads hundreds of names every time.
    """

    inherit_cache = True
    name = "among"
    type = Boolean()

    def __init__(self, key: SQLColumnExpression[Any], keys: BindParameter[Any]) -> None:
        super().__init__(key, keys)

    def self_group(self, against: OperatorType | None = None) -> "among":  # noqa: ARG002
        """Stand as it is: compared with true, as functions are on SQLite, it would find nothing by an index."""
        return self


@compiles(among, "postgresql")
def _in_array(element: among, compiler: SQLCompiler, **options: Any) -> str:
    key, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{key} = ANY ({keys}::{_ARRAYS[type(element.clauses.clauses[1].type)]})"


@compiles(among, "sqlite")
def _in_json(element: among, compiler: SQLCompiler, **options: Any) -> str:
    key, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{key} IN (SELECT value FROM json_each({keys}))"


def run(session: Session, statement: Executable, given: Mapping[str, Any]) -> CursorResult[Any]:
    """Execute a statement that was put together once, past the ORM.

    It would take as long over the rows of columns, of which it makes nothing, as the database over finding them.
    """
    return session.connection().execute(statement, given)


NOW: BindParameter[datetime] = bindparam("now", type_=UTCDateTime())
NOTICES: BindParameter[Any] = bindparam("notices", type_=Keys())
DELIVERIES: BindParameter[Any] = bindparam("deliveries", type_=Keys())
OFFICERS: BindParameter[Any] = bindparam("officers", type_=Keys())
CODES: BindParameter[Any] = bindparam("codes", type_=Codes())
CODES_A_STATEMENT = 5_000
"""How many codes are asked for at once."""

"""The endpoint to be held against: the same framework, the same statements by the driver itself, as durable."""

import asyncio
import hashlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import psycopg
from fastapi import Cookie, FastAPI, Form, Response
from sqlalchemy import make_url

from benchmarks.bare import SQLITE_PRAGMAS

WHO = (
    'SELECT u.login FROM "user" u JOIN login l ON l.user_id = u.id '
    "WHERE l.digest = ? AND l.ended_at IS NULL AND l.ends_at > ? AND u.status = 'active'"
)
FIND = (
    "SELECT a.id, a.branch_id, a.task_id, a.window_id, a.unit_id, a.due_at, a.status, w.opens_at, c.id "
    "FROM assignment a JOIN branch b ON b.id = a.branch_id JOIN task t ON t.id = a.task_id "
    'JOIN stage s ON s.id = t.stage_id JOIN campaign c ON c.id = s.campaign_id JOIN "window" w ON w.id = a.window_id '
    "WHERE c.code = ? AND s.code = ? AND t.code = ? AND b.code = ?"
)
SETTLE = (
    "UPDATE assignment SET status = 'done', done_at = ?, done_by = ?, note = NULL, next_reminder_at = NULL WHERE id = ?"
)
FIGURE = "INSERT INTO figurevalue (assignment_id, code, value) VALUES (?, 'sessions', ?)"
COUNT = (
    "UPDATE counter SET done = done + 1, in_time = in_time + ? "
    "WHERE window_id = ? AND task_id = ? AND unit_id = ? AND due_at = ?"
)
RECORD = (
    "INSERT INTO event (at, actor, kind, campaign_id, branch_id, subject, before, after) "
    """VALUES (?, ?, 'assignment.completed', ?, ?, ?, '{"status": "open"}', '{"status": "done"}')"""
)
CONNECTIONS = 8


def make_bare(url: str, now: datetime) -> FastAPI:
    """Make the application on a database; the clock stands."""
    sqlite = make_url(url).get_backend_name() == "sqlite"
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    database: Any = _Sqlite(url) if sqlite else _Postgres(url)

    @app.post("/campaigns/{campaign}/branches/{branch}/tasks/{stage}/{task}/complete")
    async def complete(
        campaign: str,
        branch: str,
        stage: str,
        task: str,
        rollcall: Annotated[str, Cookie()],
        sessions: Annotated[int, Form(alias="figure-sessions")],
    ) -> Response:
        digest = hashlib.sha256(rollcall.encode()).hexdigest()
        at = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if sqlite else now
        async with database.connection() as run:
            ((actor,),) = await run(WHO, digest, at)
            async with database.transaction(run):
                find = FIND if sqlite else FIND + " FOR UPDATE OF a"
                ((key, branch_id, task_id, window_id, unit_id, due_at, status, opens_at, campaign_id),) = await run(
                    find, campaign, stage, task, branch
                )
                if status == "open" and at >= opens_at:
                    await run(SETTLE, at, actor, key)
                    await run(FIGURE, key, sessions)
                    await run(COUNT, int(at < due_at), window_id, task_id, unit_id, due_at)
                    await run(RECORD, at, actor, campaign_id, branch_id, f"{branch} {stage}/{task}")
        return Response(status_code=303, headers={"Location": f"/campaigns/{campaign}/branches/{branch}"})

    return app


class _Sqlite:
    """One connection: SQLite has one writer, and works in this very process."""

    def __init__(self, url: str) -> None:
        self._connection = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        for pragma in SQLITE_PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        async def run(statement: str, *values: Any) -> list[Any]:
            return self._connection.execute(statement, values).fetchall()

        yield run

    @asynccontextmanager
    async def transaction(self, run: Any) -> AsyncIterator[None]:
        await run("BEGIN IMMEDIATE")
        yield
        await run("COMMIT")


class _Postgres:
    """A few connections, each busy with one request at a time."""

    def __init__(self, url: str) -> None:
        self._address = make_url(url)
        self._free: asyncio.Queue[psycopg.AsyncConnection[Any]] | None = None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        if self._free is None:
            self._free = asyncio.Queue()
            for _ in range(CONNECTIONS):
                self._free.put_nowait(await self._connect())
        connection = await self._free.get()

        async def run(statement: str, *values: Any) -> list[Any]:
            cursor = await connection.execute(statement.replace("?", "%s").encode(), values)
            return await cursor.fetchall() if cursor.description else []

        yield run
        self._free.put_nowait(connection)

    @asynccontextmanager
    async def transaction(self, run: Any) -> AsyncIterator[None]:
        await run("BEGIN")
        yield
        await run("COMMIT")

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            host=str(self._address.query["host"]),
            user=self._address.username,
            dbname=self._address.database,
            autocommit=True,
        )

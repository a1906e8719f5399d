"""A body that does not come is not waited for for ever."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from web.limits import LARGEST, Bounded

SCOPE: Scope = {"type": "http", "path": "/login", "headers": []}


def read_through(path: str, *pieces: bytes, stays_open: bool = False) -> int:
    """Return how many bytes an application reads of these pieces; with `stays_open` the last one is not the last."""
    read = 0

    async def application(_: Scope, receive: Receive, __: Send) -> None:
        nonlocal read
        more = True
        while more:
            message = await receive()
            read += len(message["body"])
            more = message["more_body"]

    waiting = [*pieces]

    async def receive() -> Message:
        if not waiting:
            await asyncio.sleep(60)
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": stays_open or bool(waiting)}

    async def send(_: Message) -> None:
        raise AssertionError

    act = Bounded(application, patience=0.05)(SCOPE | {"path": path}, receive, send)
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop already, of a browser's
        thread.submit(asyncio.run, act).result()
    return read


def test_a_body_that_stops_half_way_is_given_up() -> None:
    with pytest.raises(HTTPException) as given_up:
        read_through("/login", b"login=vie", stays_open=True)
    assert given_up.value.status_code == HTTPStatus.REQUEST_TIMEOUT


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("/login", False),
        ("/campaigns/trial/branches/U1-1/tasks/mobilization/survey/evidence", True),
        ("/l/key/branches/U1-1/tasks/mobilization/survey/complete", True),
        ("/campaigns/trial/branches/U1-1/tasks/mobilization/survey/reopen", False),
    ],
)
def test_forms_with_a_file_have_a_limit_of_their_own(path: str, is_taken: bool) -> None:
    pieces = [b"x" * LARGEST, b"x"]
    if is_taken:
        assert read_through(path, *pieces) == LARGEST + 1
        return
    with pytest.raises(HTTPException) as refused:
        read_through(path, *pieces)
    assert refused.value.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE

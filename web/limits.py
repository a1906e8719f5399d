"""Bodies of requests are bounded in size and in time."""

import asyncio
import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1024 * 1024
"""Bytes."""

LARGEST_WITH_FILE = 4 * LARGEST
"""Bytes of a form with a file: its page says so where the file is too large for it."""

LARGEST_REGISTRY = 16 * LARGEST
"""Bytes of a registry file; its page says so where one is larger."""

LARGEST_WORKBOOK = 3 * LARGEST
"""Bytes of a workbook of answers that is handed in; one of 703 branches and five tasks has 350,000."""

PATIENCE_SECONDS = 30.0
"""How long the next part of a body may take."""

_OWN_LIMIT = re.compile(r"/tasks/[^/]+/[^/]+/(complete|evidence)$")
"""Forms with a file, which are read piece by piece and stopped by the size that files may have."""
_WORKBOOK = re.compile(r"/api/v1/campaigns/[^/]+/answers(/check)?$")
"""Where programs send a workbook as it is: they are told by how much it is too large."""
REGISTRY = "/registry/check"
"""Where a registry file comes in."""


class Bounded:
    """Stop reading a body that is too large, whatever length was announced, or that does not come.

    The application is told by an HTTPException where it reads, so that it answers in its own form.
    """

    def __init__(self, app: ASGIApp, patience: float = PATIENCE_SECONDS) -> None:
        self._app = app
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with 413 or 408 where it reads on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = _limit_of(scope["path"], headers)
        announced = headers.get("content-length", "")
        is_too_large = most is not None and announced.isdecimal() and int(announced) > most
        taken, is_whole = 0, False

        async def receive_bounded() -> Message:
            nonlocal taken, is_whole
            if is_whole:  # what is waited for now is the end of the connection
                return await receive()
            if is_too_large:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            try:
                message = await asyncio.wait_for(receive(), self._patience)
            except TimeoutError:
                raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from None
            taken += len(message.get("body", b""))
            if most is not None and taken > most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            is_whole = not message.get("more_body", False)
            return message

        await self._app(scope, receive_bounded, send)


def _limit_of(path: str, headers: Headers) -> int | None:
    if _OWN_LIMIT.search(path):
        return None
    if _WORKBOOK.fullmatch(path):
        return LARGEST_WITH_FILE
    if not headers.get("content-type", "").startswith("multipart/form-data"):
        return LARGEST
    return LARGEST_REGISTRY + LARGEST_WITH_FILE if path == REGISTRY else LARGEST_WITH_FILE

"""How operations may end, as the OpenAPI document says it: every answer, with its headers."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from config.vocabulary import FileFormat
from web.api.shapes.error import PROBLEM_JSON
from web.downloads import MEDIA_TYPES

Outcomes = dict[int | str, dict[str, Any]]

_PROBLEM = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ErrorShape"}}}
_TEXT = {"type": "string"}
_ETAG = {"ETag": {"description": "What this state is known by.", "required": True, "schema": _TEXT}}
_WORDS: Mapping[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: "The body is not JSON in UTF-8.",
    HTTPStatus.UNAUTHORIZED: "No token was shown, or one that has expired or was revoked.",
    HTTPStatus.FORBIDDEN: "The token, or its user, may not do that.",
    HTTPStatus.NOT_FOUND: "What was named is not there, or not for the eyes of the token's user.",
    HTTPStatus.CONFLICT: "Somebody else was first; nothing was overwritten.",
    HTTPStatus.PRECONDITION_FAILED: "It is no longer in the state that `If-Match` names; nothing was changed.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body has more than 1 MB; one that is a workbook, more than 3 MB.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database is busy; nothing was changed.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The request is not as it should be, or what it asks for cannot be carried out.",
}
_READING = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_WRITING = (
    *_READING,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
)


def _problems(statuses: Iterable[HTTPStatus]) -> Outcomes:
    found: Outcomes = {int(status): {"description": _WORDS[status], "content": _PROBLEM} for status in sorted(statuses)}
    found[int(HTTPStatus.UNAUTHORIZED)]["headers"] = {
        "WWW-Authenticate": {"description": "Which scheme is asked for.", "required": True, "schema": _TEXT}
    }
    found[int(HTTPStatus.SERVICE_UNAVAILABLE)]["headers"] = {
        "Retry-After": {"description": "In how many seconds to ask again.", "required": True, "schema": _TEXT}
    }
    return found


def _changed(status: HTTPStatus) -> Outcomes:
    replayed = {"description": "`true` where the answer is that of an earlier request.", "schema": _TEXT}
    headers = _ETAG | {"Idempotency-Replayed": replayed}
    return {int(status): {"description": "Done.", "headers": headers}, **_problems(_WRITING)}


READS_MANY: Outcomes = {200: {"description": "A page of the list."}, **_problems(_READING)}
"""An operation that lists."""
READS_FIGURES: Outcomes = {200: {"description": "The figures as they are now."}, **_problems(_READING)}
"""An operation that reads figures."""
READS_FILE: Outcomes = {
    200: {
        "description": "The file.",
        "content": {MEDIA_TYPES[FileFormat.XLSX]: {"schema": {"type": "string", "format": "binary"}}},
        "headers": {
            "Content-Disposition": {"description": "What to call the file.", "required": True, "schema": _TEXT}
        },
    },
    **_problems(_READING),
}
"""An operation that hands out a workbook."""
LOOKS: Outcomes = {
    200: {"description": "What would come of it."},
    **_problems((*_READING, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)),
}
"""An operation that looks at what is sent, and writes nothing."""
READS_CHANGEABLE: Outcomes = {
    200: {"description": "The thing as it is, with the tag that `If-Match` takes.", "headers": _ETAG},
    **_problems(_READING),
}
"""An operation that reads one thing whose answer changes with time alone: it is told whole each time."""
READS_ONE: Outcomes = {
    **READS_CHANGEABLE,
    304: {"description": "It is as `If-None-Match` says.", "headers": _ETAG},
}
"""An operation that reads one thing."""
CHANGES: Outcomes = _changed(HTTPStatus.OK)
"""An operation that changes a thing."""
ADDS: Outcomes = _changed(HTTPStatus.CREATED)
"""An operation that adds a thing."""

"""Entity tags: what tells one state of a thing from another, and what is asked on condition of it (RFC 9110, 13)."""

import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated

from fastapi import Header, Response

from config.errors import Refusal
from web.api.shapes.shape import Shape

_DIGITS = 32
_ANY = "*"
_WEAK = "W/"

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=1000,
        description="The `ETag` of the state that is to be changed: nothing is changed when it is no longer that.",
        examples=['"0123456789abcdef0123456789abcdef"'],
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        max_length=1000,
        description="The `ETag` of the state that is known: 304 and no body when it is still that.",
        examples=['"0123456789abcdef0123456789abcdef"'],
    ),
]


class Changed(Refusal):
    """What was to be changed is no longer in the state that was named."""


def tag_of(shape: Shape, by_the_clock: Iterable[str] = ()) -> str:
    """Return the tag of a state, without the fields that change with time alone."""
    state = shape.model_dump_json(exclude=set(by_the_clock))
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:_DIGITS]}"'


def check_match(asked: str | None, tag: str) -> None:
    """Raise Changed when a state was named that is not this one; a weak tag names none."""
    if asked is not None and not _names(asked, tag):
        raise Changed("it has changed since you read it; read it again, and decide anew")


def one(shape: Shape, known: str | None = None, by_the_clock: Iterable[str] = ()) -> Response:
    """Answer with one thing and its tag, or with 304 when the caller knows this very state of it."""
    tag = tag_of(shape, by_the_clock)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if known is not None and not by_the_clock and _names(known.replace(_WEAK, ""), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(shape.model_dump_json(), media_type="application/json", headers=headers)


def _names(asked: str, tag: str) -> bool:
    return asked.strip() == _ANY or tag in {part.strip() for part in asked.split(",")}

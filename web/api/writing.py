"""Carry out a write: once under its key, and on condition of the state that it names."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from actions.answer_once import Answered, Keyed, answer_once
from web.api.callers import caller_of
from web.api.shapes.shape import Shape
from web.api.tags import IfMatch, tag_of
from web.context import Here

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description=(
            "A name of your own for this request, such as a UUID. Sent again within 24 hours, the request is "
            "answered as before, with `Idempotency-Replayed: true`, and nothing is done again."
        ),
        examples=["5f0c2f0e-4c4b-4b0e-9a53-0b7c7a8f3a11"],
    ),
]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a write bears beside its body."""

    key: str | None
    match: str | None


def conditions(key: IdempotencyKey = None, match: IfMatch = None) -> Conditions:
    """Read the headers of a write."""
    return Conditions(key, match)


Named = Annotated[Conditions, Depends(conditions)]
"""A write with the key and the state that its headers name."""


def carry_out(
    here: Here,
    asked: Shape | None,
    named: Conditions,
    act: Callable[[], Shape],
    *,
    status: HTTPStatus = HTTPStatus.OK,
    by_the_clock: Iterable[str] = (),
) -> Response:
    """Answer with what `act` leaves behind, in one transaction with it; a repeat under the same key does not act."""
    kept = answer_once(here.house, _keyed(here, asked, named), lambda: _said(act(), status, by_the_clock), now=here.now)
    tag, _, body = kept.body.partition("\n")
    headers = {"ETag": tag}
    if kept.again:
        headers["Idempotency-Replayed"] = "true"
    return Response(body, kept.status, media_type="application/json", headers=headers)


def _said(shape: Shape, status: HTTPStatus, by_the_clock: Iterable[str]) -> Answered:
    """Keep the tag before the body: a repeat is answered with both."""
    return Answered(status, f"{tag_of(shape, by_the_clock)}\n{shape.model_dump_json()}")


def _keyed(here: Here, asked: Shape | None, named: Conditions) -> Keyed | None:
    user_id = caller_of(here).user_id
    if named.key is None or user_id is None:
        return None
    request: Request = here.request
    what = "\n".join((request.method, request.url.path, named.match or "", asked.model_dump_json() if asked else ""))
    return Keyed(user_id, named.key, hashlib.sha256(what.encode()).hexdigest())

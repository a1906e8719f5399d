"""Say what could not be carried out as problem+json (RFC 9457), in the caller's language."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from config.errors import Refusal
from config.translation import say_refusal, translations
from models.database import is_unavailable
from web.api.callers import Unauthenticated, anyone
from web.api.faults import faults_of, say_fault
from web.api.shapes.error import PROBLEM_JSON, ErrorShape, FaultShape
from web.api.tags import Changed
from web.context import Here
from web.navigation import say
from web.refusals import status_of
from web.unavailable import KINDS, RETRY_AFTER

TITLES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: say("The request cannot be read"),
    HTTPStatus.UNAUTHORIZED: say("A token is needed"),
    HTTPStatus.FORBIDDEN: say("Not allowed"),
    HTTPStatus.NOT_FOUND: say("Not there"),
    HTTPStatus.METHOD_NOT_ALLOWED: say("No such operation"),
    HTTPStatus.CONFLICT: say("Somebody was first"),
    HTTPStatus.PRECONDITION_FAILED: say("It has changed"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: say("Too large"),
    HTTPStatus.UNPROCESSABLE_ENTITY: say("It cannot be carried out"),
    HTTPStatus.INTERNAL_SERVER_ERROR: say("Something went wrong here"),
    HTTPStatus.SERVICE_UNAVAILABLE: say("Busy just now"),
}
_DETAILS: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: say("the body is not JSON in UTF-8"),
    HTTPStatus.NOT_FOUND: say("there is nothing at this address; /api/v1/docs lists what there is"),
    HTTPStatus.METHOD_NOT_ALLOWED: say("this address does not take that method; /api/v1/docs lists what it takes"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: say("a body may have 1 MB at most, one that is a workbook 3 MB"),
    HTTPStatus.SERVICE_UNAVAILABLE: say("the database is busy; nothing was changed, send it again after a while"),
    HTTPStatus.INTERNAL_SERVER_ERROR: say("nothing was changed; whoever runs this service finds the reason in its log"),
}
_REALM = 'Bearer realm="rollcall"'


def add_handlers(api: FastAPI) -> None:
    """Answer everything that goes wrong in one form."""

    @api.exception_handler(Refusal)
    def refuse(request: Request, refusal: Refusal) -> Response:
        here = _here(request)
        status = HTTPStatus.PRECONDITION_FAILED if isinstance(refusal, Changed) else status_of(refusal)
        return answer_with(here, status, say_refusal(refusal, here.language), faults_of(refusal, here.language))

    @api.exception_handler(Unauthenticated)
    def ask_for_a_token(request: Request, error: Unauthenticated) -> Response:
        here = _here(request)
        asked = say("show a personal token: Authorization: Bearer TOKEN")
        wrong = say("the token is none of ours, has expired or was revoked")
        challenge = f'{_REALM}, error="invalid_token"' if error.shown else _REALM
        said = translations(here.language).gettext(wrong if error.shown else asked)
        return answer_with(here, HTTPStatus.UNAUTHORIZED, said, headers={"WWW-Authenticate": challenge})

    @api.exception_handler(RequestValidationError)
    def list_faults(request: Request, error: RequestValidationError) -> Response:
        here = _here(request)
        faults = tuple(say_fault(found, here.language) for found in error.errors())
        said = translations(here.language).gettext(say("the request is not as it should be; see what is wrong where"))
        return answer_with(here, HTTPStatus.UNPROCESSABLE_ENTITY, said, faults)

    @api.exception_handler(HTTPException)
    def refuse_request(request: Request, error: HTTPException) -> Response:
        here = _here(request)
        said = translations(here.language).gettext(_DETAILS.get(error.status_code, str(error.detail)))
        return answer_with(here, error.status_code, said, headers=error.headers)

    def give_way(request: Request, error: Exception) -> Response:
        if not is_unavailable(error):
            raise error
        here = _here(request)
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return answer_with(here, status, translations(here.language).gettext(_DETAILS[status]), headers=RETRY_AFTER)

    for kind in KINDS:
        api.add_exception_handler(kind, give_way)

    @api.exception_handler(Exception)
    def own_up(request: Request, _: Exception) -> Response:
        here = _here(request)  # what went wrong is raised on, and logged, after this answer
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return answer_with(here, status, translations(here.language).gettext(_DETAILS[status]))


def answer_with(
    here: Here,
    status: int,
    detail: str,
    faults: Sequence[FaultShape] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Compose an answer that says what is wrong, and where."""
    title = TITLES.get(status, HTTPStatus(status).phrase)
    said = ErrorShape(
        title=translations(here.language).gettext(title),
        status=status,
        detail=detail,
        instance=here.request.url.path,
        errors=tuple(faults) if faults is not None else None,
    )
    told: dict[str, Any] = {"Content-Language": here.language.value, **(headers or {})}
    return Response(said.model_dump_json(exclude_none=True), status, media_type=PROBLEM_JSON, headers=told)


def _here(request: Request) -> Here:
    """Return the request as it was begun; one that was refused before is begun here."""
    begun: Here | None = getattr(request.state, "here", None)
    return begun or anyone(request)

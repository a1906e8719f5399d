"""The JSON of what could not be carried out."""

from pydantic import ConfigDict

from web.api.shapes.shape import Shape

PROBLEM_JSON = "application/problem+json"


class FaultShape(Shape):
    """One thing wrong in a request."""

    place: str
    """Where: the part of the request, then the names down to the value, such as `body.figures.members`."""
    message: str
    """What is wrong there, in the caller's language."""


class ErrorShape(Shape):
    """Something that could not be carried out (RFC 9457); nothing was changed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not there",
                    "status": 404,
                    "detail": "assignment 4711: there is none of this number",
                    "instance": "/api/v1/assignments/4711",
                }
            ]
        }
    )

    type: str = "about:blank"
    """Always `about:blank`: the status says of which kind it is."""
    title: str
    """The kind of the problem, in the caller's language."""
    status: int
    """The status of the answer."""
    detail: str
    """What is wrong and what to do about it, in the caller's language."""
    instance: str
    """The address that was asked."""
    errors: tuple[FaultShape, ...] | None = None
    """What is wrong where: of a request that is not as it should be, of figures, or of an entry, all of it."""

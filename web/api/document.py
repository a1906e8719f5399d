"""Compose the OpenAPI document: what FastAPI finds in the operations, and what it cannot know."""

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from web.api.shapes.error import ErrorShape
from web.api.shapes.shape import Shape

Document = dict[str, Any]


class Documented(FastAPI):
    """An application whose document names every answer in the form that it has."""

    def openapi(self) -> Document:
        """Compose the document once."""
        if not self.openapi_schema:
            self.openapi_schema = _document(self, self.routes)
        return self.openapi_schema


def _document(api: FastAPI, routes: Sequence[BaseRoute]) -> Document:
    found = get_openapi(
        title=api.title,
        version=api.version,
        openapi_version=api.openapi_version,
        description=api.description,
        routes=routes,
        tags=api.openapi_tags,
        servers=api.servers,
    )
    schemas = found["components"]["schemas"]
    problem = ErrorShape.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas[ErrorShape.__name__] = problem
    for shape in _shapes(Shape):
        if shape.__name__ in schemas:
            _put_examples(shape, schemas[shape.__name__])
    for operation in (operation for path in found["paths"].values() for operation in path.values()):
        summary, _, description = operation["description"].partition("\n\n")
        operation |= {"summary": summary.replace("\n", " "), "description": description or summary}
    found["components"]["schemas"] = {_called(name): _tidied(schema) for name, schema in schemas.items()}
    found["paths"] = _tidied(found["paths"])
    return found


def _called(name: str) -> str:
    """Say what programs call a shape."""
    return name.removesuffix("Shape")


def _tidied(part: Any) -> Any:
    """Name shapes as programs call them, and leave out titles that only repeat a name; examples stay as they are."""
    if isinstance(part, list):
        return [_tidied(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _called(value) if name == "$ref" else value if name == "examples" else _tidied(value)
        for name, value in part.items()
        if not (name == "title" and isinstance(value, str))
    }


def _put_examples(shape: type[Shape], schema: dict[str, Any]) -> None:
    """Put the examples back as they are: what writes the document takes null out of them."""
    extra = shape.model_config.get("json_schema_extra")
    if isinstance(extra, dict) and "examples" in extra:
        schema["examples"] = extra["examples"]


def _shapes(shape: type[Shape]) -> Iterator[type[Shape]]:
    for below in shape.__subclasses__():
        yield below
        yield from _shapes(below)
